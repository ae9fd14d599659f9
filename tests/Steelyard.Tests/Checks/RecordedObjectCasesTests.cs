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
    [InlineData("k_info_skip.edn", "kafka", Validity.Invalid)]
    [InlineData("f1-history.txt", "cas-register", Validity.Invalid)]
    [InlineData("f2-f-read-write.edn", "rw-register", Validity.Valid)]
    [InlineData("f2-f-read-write-stale.edn", "rw-register", Validity.Invalid)]
    public void A_recorded_case_has_its_right_verdict(string file, string model, Validity expected) =>
        Assert.Equal(expected, Judge(file, new() { Model = model }));

    [Fact]
    public void A_bank_whose_transfers_repeat_their_argument_is_right() => Assert.Equal(
        Validity.Valid,
        Judge("a4-bank-initial-echo.edn", new() { Model = "bank", Initial = Value.Map((0, 100), (1, 100)) }));

    [Theory]
    [InlineData(null, Validity.Invalid)]
    [InlineData(0L, Validity.Valid)]
    [InlineData(2L, Validity.Invalid)]
    public void What_a_register_holds_at_first_can_be_said(long? initial, Validity expected) => Assert.Equal(
        expected,
        Judge(
            "a9-register-starts-at-0.edn",
            new() { Model = "register", Initial = initial is { } value ? value : Value.Nil }));

    [Theory]
    [InlineData("register", "read ok 0; write 1 ok; read ok 1", null)]
    [InlineData("cas-register", "read ok 0; cas [0, 1] ok; read ok 1", null)]
    [InlineData("cas-register", "cas [0, 1] ok; read ok 1", "sequential")]
    [InlineData("register", "read ok 0; write 1 ok; read ok 1", "sequential")]
    [InlineData("register", "read ok 0; write 1 ok; read ok 1", "2-atomic")]
    [InlineData("register", "read ok 0; write 1 ok; read ok 1", "causal")]
    [InlineData("register", "read ok 0; write 1 ok; read ok 1", "pram")]
    [InlineData("multi-register", "txn [[r, z, 0], [w, z, 1]] ok [[r, z, 0], [w, z, 1]]", null)]
    [InlineData("kv", "get ok a; append b ok; get ok ab", null)]
    public void One_value_for_all_keys_stands_for_a_map_of_them(
        string model, string operations, string? consistency)
    {
        Value first = model == "kv" ? "a" : 0;
        Value other = model == "kv" ? "c" : 7;

        Assert.Equal(Validity.Valid, Overall(operations, model, first, consistency));
        Assert.Equal(Validity.Invalid, Overall(operations, model, other, consistency));
    }

    [Fact]
    public void Registers_written_several_at_a_time_are_0_at_first_whatever_their_names() => Assert.Equal(
        Validity.Valid,
        Overall("txn [[r, a, 0], [w, b, 1]] ok [[r, a, 0], [w, b, 1]]", "multi-register", Value.Nil));

    [Fact]
    public void Times_that_contradict_the_order_of_lines_are_refused_or_followed()
    {
        const string file = "a6-times-contradict-order-list.edn";
        var mistake = Assert.Throws<UserMistakeException>(() => Judge(file, new() { Model = "list-append" }));

        Assert.EndsWith(
            "line 3: expected times that ascend with the lines, found 5 after 10 of line 2; --order lines or"
            + " --order time says which is right", mistake.Message, StringComparison.Ordinal);
        Assert.Equal(
            Validity.Valid,
            Judge(file, new() { Model = "list-append", Reading = new() { Order = LineOrder.Time } }));
        Assert.Equal(
            Validity.Invalid,
            Judge(file, new() { Model = "list-append", Reading = new() { Order = LineOrder.Lines } }));
    }

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
        var initial = model == "bank" ? Value.Map((0, 100), (1, 100)) : Value.Nil;

        Assert.Equal(expected, Overall(operations, model, initial));
    }

    [Theory]
    [InlineData(
        "rw-register", "put [[write, x, 1]] ok [[write, x, 1]]; see [[read, x, nil]] ok [[read, x, V]]",
        "nil")]
    [InlineData("rw-register", "put [[w, x, 1]] ok; see ok [[r, x, V]]", "nil")]
    [InlineData("list-append", "append [[append, x, 1]] ok; read [[r, x, nil]] ok [[r, x, [V]]]", "2")]
    [InlineData("list-append", "txn [[append, x, 1]] ok; read [[read, x, nil]] ok [[read, x, [V]]]", "2")]
    [InlineData("long-fork", "write [[w, x, 1]] ok; see [[read, x, nil]] ok [[read, x, V]]", "2")]
    public void Steps_are_a_transaction_whatever_the_function_is_called(
        string model, string operations, string wrong)
    {
        Assert.Equal(
            Validity.Valid,
            Overall(operations.Replace("V", "1", StringComparison.Ordinal), model, Value.Nil));
        Assert.Equal(
            Validity.Invalid,
            Overall(operations.Replace("V", wrong, StringComparison.Ordinal), model, Value.Nil));
    }

    [Theory]
    [InlineData("rw-register", "write 1 ok")]
    [InlineData("rw-register", "write [] ok")]
    [InlineData("rw-register", "cas [1, 2] ok")]
    [InlineData("rw-register", "put [[append, x, 1]] ok")]
    [InlineData("list-append", "put [[w, x, 1]] ok")]
    [InlineData("list-append", "send [[send, x, 1]] ok")]
    [InlineData("long-fork", "put [[send, x, 1]] ok")]
    public void What_has_no_steps_of_the_model_is_no_transaction(string model, string operations) =>
        Assert.Throws<UserMistakeException>(() => Overall(operations, model, Value.Nil));

    // One operation after the other, each by another process.
    static Validity Overall(string operations, string model, Value initial, string? consistency = null)
    {
        var lines = operations.Split("; ").SelectMany((operation, process) =>
        {
            var (call, answer) = (operation.Split(" ok")[0], operation.Split(" ok")[1]);
            return new[] { $"{process} invoke {call}", $"{process} ok {call.Split(' ')[0]}{answer}" };
        });
        using var folder = new TemporaryFolder();
        var request = new CheckRequest { Model = model, Initial = initial, Consistency = consistency };
        var check = HistoryCheck.Of(
            folder.Write("history.txt", string.Join('\n', lines)), request, new([]));
        return Verdict.Overall(check.Verdicts);
    }

    static Validity Judge(string file, CheckRequest request) => Verdict.Overall(HistoryCheck.Of(
        Path.Combine(AppContext.BaseDirectory, "Checks", "Recorded", file), request, new([])).Verdicts);
}
