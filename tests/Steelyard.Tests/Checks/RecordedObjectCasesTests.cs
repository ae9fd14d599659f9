using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Tests.Checks;

/// <summary>Small recordings that were once judged wrongly, with others of their kind.</summary>
public sealed class RecordedObjectCasesTests
{
    [Theory]
    [InlineData("a4-mutex-echo.edn", "mutex", Validity.Valid)]
    [InlineData("a4-collection-set-echo.edn", "collection-set", Validity.Valid)]
    [InlineData("a5-nothing-happened.edn", "register", Validity.Unknown)]
    [InlineData("a5-processes-are-words.json", "register", Validity.Invalid)]
    [InlineData("a10-counter-gap.edn", "counter", Validity.Invalid)]
    public void A_recorded_case_has_its_right_verdict(string file, string model, Validity expected) =>
        Assert.Equal(expected, Judge(file, new() { Model = model }));

    [Fact]
    public void A_bank_whose_transfers_repeat_their_argument_is_right() => Assert.Equal(
        Validity.Valid,
        Judge("a4-bank-initial-echo.edn", new() { Model = "bank", Initial = Value.Map((0, 100), (1, 100)) }));

    [Theory]
    [InlineData("mutex", "acquire 7 ok; acquire 7 ok 7", Validity.Invalid)]
    [InlineData("mutex", "acquire 0 ok 0; release 0 ok 0; acquire 0 ok 0", Validity.Valid)]
    [InlineData("mutex", "acquire 0 ok 0; acquire 1 ok true", Validity.Invalid)]
    [InlineData("collection-set", "add 2 ok 2; add 2 ok 2; read ok [2]", Validity.Valid)]
    [InlineData("collection-set", "add 2 ok 2; read ok []", Validity.Invalid)]
    [InlineData("collection-set", "add 1 ok 1; add 1 ok 1; add 3 ok true", Validity.Invalid)]
    [InlineData("bank", "transfer {from: 0, to: 1, amount: 500} ok", Validity.Invalid)]
    [InlineData(
        "bank", "transfer {from: 0, to: 1, amount: 500} ok false; read ok {0: 100, 1: 100}", Validity.Valid)]
    [InlineData(
        "bank", "transfer {from: 0, to: 1, amount: 5} ok; read ok {0: 100, 1: 100}", Validity.Invalid)]
    public void An_answer_that_repeats_its_argument_is_no_observation(
        string model, string operations, Validity expected)
    {
        var lines = operations.Split("; ").SelectMany((operation, process) =>
        {
            var (call, answer) = (operation.Split(" ok")[0], operation.Split(" ok")[1]);
            return new[] { $"{process} invoke {call}", $"{process} ok {call.Split(' ')[0]}{answer}" };
        });
        using var folder = new TemporaryFolder();
        var initial = model == "bank" ? Value.Map((0, 100), (1, 100)) : Value.Nil;

        var check = HistoryCheck.Of(
            folder.Write("history.txt", string.Join('\n', lines)), new() { Model = model, Initial = initial },
            new([]));

        Assert.Equal(expected, Verdict.Overall(check.Verdicts));
    }

    static Validity Judge(string file, CheckRequest request) => Verdict.Overall(HistoryCheck.Of(
        Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", file), request, new([])).Verdicts);
}
