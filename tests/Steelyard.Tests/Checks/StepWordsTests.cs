using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Harnesses have several words for one thing: each is judged, a wrong history and its right
/// twin.</summary>
public class StepWordsTests
{
    [Theory]
    [InlineData("list-append", "[[a, x, 1]]", "[[r, x, [1]]]", "[[read, x, [2]]]")]
    [InlineData("rw-register", "[[write, x, 1]]", "[[read, x, 1]]", "[[r, x, nil]]")]
    [InlineData("multi-register", "[[write, x, nil]]", "[[r, x, nil]]", "[[r, x, 0]]")]
    public void Steps_by_other_words_are_judged(string model, string write, string right, string wrong)
    {
        foreach (var (read, expected) in new[] { (right, Validity.Valid), (wrong, Validity.Invalid) })
        {
            var text = $"0 invoke txn {write}\n0 ok txn {write}\n1 invoke txn {read}\n1 ok txn {read}\n";
            Assert.Equal(expected, Judge(model, text).Validity);
        }
    }

    [Theory]
    [InlineData("register", "write key=x 1", "delete key=x", "read key=x", "nil", "1")]
    [InlineData("register", "write key=x 1", "write key=x nil", "read key=x", "nil", "1")]
    [InlineData("cas-register", "write key=x 1", "delete key=x", "read key=x", "nil", "1")]
    [InlineData("kv", "put key=x a", "delete key=x", "get key=x", "nil", "a")]
    public void What_was_taken_away_is_not_read(
        string model, string write, string delete, string read, string right, string wrong)
    {
        foreach (var (seen, expected) in new[] { (right, Validity.Valid), (wrong, Validity.Invalid) })
        {
            var text = $"0 invoke {write}\n0 ok {write}\n0 invoke {delete}\n0 ok {delete}\n"
                + $"1 invoke {read}\n1 ok {read} {seen}\n";
            Assert.Equal(expected, Judge(model, text).Validity);
            // Whoever read it before it was taken away was right.
            var before = $"0 invoke {write}\n0 ok {write}\n0 invoke {delete}\n1 invoke {read}\n"
                + $"1 ok {read} {seen}\n0 ok {delete}\n";
            Assert.Equal(Validity.Valid, Judge(model, before).Validity);
        }
    }

    [Theory]
    [InlineData("[[w, x, nil]]")]
    [InlineData("[[delete, x]]")]
    public void Transactions_that_leave_nothing_cannot_be_told_from_none(string write)
    {
        var verdict = Judge("rw-register", $"0 invoke txn {write}\n0 ok txn {write}\n");

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Contains("leaves x without a value", verdict.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_know_what_was_taken_away()
    {
        const string text = "0 invoke write key=x 1\n0 ok write key=x 1\n0 invoke delete key=x\n0 ok delete"
            + " key=x\n"
            + "0 invoke write key=x 2\n0 ok write key=x 2\n0 invoke read key=x\n0 ok read key=x ";

        Assert.Equal(Validity.Valid, Judge("register", text + "2", "read-your-writes").Validity);
        Assert.Equal(Validity.Invalid, Judge("register", text + "1", "read-your-writes").Validity);
    }

    static Verdict Judge(string model, string text, string? consistency = null)
    {
        var request = new ModelRequest(History.Parse(text), Value.Nil, consistency);
        return HistoryModels.Of(model, Value.Nil, consistency).Judges(request)[0].Check(request.History);
    }
}
