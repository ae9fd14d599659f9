using Steelyard.App.Terminals;
using Steelyard.Histories;

namespace Steelyard.App.Tests.Terminals;

public sealed class VerdictHeadlineTests
{
    // Names in capitals are no promises.
    [Theory]
    [InlineData("", "[bold]No promise was made, so none was judged.[/]")]
    [InlineData("a:held", "[bold green]The promise held in this run; 1 seed.[/]")]
    [InlineData("a:broken", "[bold red]The promise is broken.[/]")]
    [InlineData("a:open", "[bold yellow]Whether the promise held is not decided.[/]")]
    [InlineData("a:held b:held", "[bold green]Both promises held in this run; 1 seed.[/]")]
    [InlineData("a:held b:broken c:open", "[bold red]1 of 3 promises broken.[/]")]
    [InlineData("a:held b:broken X:open", "[bold red]1 of 2 promises broken.[/]")]
    [InlineData("X:open a:broken b:broken", "[bold red]Both promises broken.[/]")]
    [InlineData("a:held b:open X:open", "[bold yellow]1 of 2 promises not decided.[/]")]
    [InlineData(
        "a:held b:held X:open", "[bold yellow]Both promises held, in a run that tells little of it.[/]")]
    [InlineData("X:broken a:held", "[bold red]The promise held, and yet something went wrong.[/]")]
    public void What_is_no_promise_is_not_counted_and_not_passed_over(string judged, string line)
    {
        string[][] rows =
            [.. judged.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(':'))];
        var promises = rows.Select(row => row[0]).Where(name => char.IsLower(name[0])).ToList();

        Assert.Equal(line, VerdictHeadline.Of([.. rows.Select(row => Verdict(row[0], row[1]))], promises));
    }

    [Fact]
    public void Where_nobody_says_what_is_promised_all_verdicts_are_on_promises() => Assert.Equal(
        "[bold yellow]1 of 2 promises not decided.[/]",
        VerdictHeadline.Of([Verdict("a", "held"), Verdict("X", "open")], promises: null));

    static Verdict Verdict(string name, string found) => new()
    {
        Checker = name, Summary = found,
        Validity = found switch
        {
            "held" => Validity.Valid,
            "broken" => Validity.Invalid,
            _ => Validity.Unknown,
        },
    };
}
