using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sequential;
using Steelyard.Formats;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

public sealed class WrongAnswersTests
{
    [Fact]
    public void A_write_that_is_acknowledged_as_another_one_was_given_its_answer()
    {
        var verdict = Check(KnownModels.Register(), """
            0 invoke write 264
            0 ok     write 264
            1 invoke write 256
            1 ok     write 264
            """);

        Assert.Equal(Validity.Invalid, verdict.Validity);
        var anomaly = Assert.Single(verdict.Anomalies);
        Assert.Equal("wrong-answer", anomaly.Type);
        Assert.Equal(
            "process 1 was given another request's answer: write 256 was answered 264,"
            + " which process 0 had asked for",
            anomaly.Explanation);
        Assert.Equal([1, 0], anomaly.Witness);
    }

    [Theory]
    [InlineData("register", "write 256", "write 264")]
    [InlineData("cas-register", "write 256", "write 264")]
    [InlineData("cas-register", "write 1\ncas [1, 2]", "write 1\ncas [1, 3]")]
    [InlineData("kv", "put a\nappend b", "put a\nappend c")]
    [InlineData("fifo-queue", "enqueue 1\nenqueue 2", "enqueue 1\nenqueue 3")]
    [InlineData("multi-register", "txn [[w, 1, 2]]", "txn [[w, 1, 3]]")]
    [InlineData("multi-register", "txn [[w, 1, 2]]", "txn [[w, 2, 2]]")]
    [InlineData("multi-register", "txn [[w, 1, 2], [r, 1, nil]]", "txn [[w, 1, 2]]")]
    public void An_answer_that_contradicts_what_was_asked_is_refused_and_its_right_twin_is_not(
        string model, string asked, string answered)
    {
        Assert.Equal(Validity.Invalid, Check(ModelOf(model), Asked(asked, answered)).Validity);
        if (!asked.Contains("nil", StringComparison.Ordinal))
            Assert.Equal(Validity.Valid, Check(ModelOf(model), Asked(asked, asked)).Validity);
    }

    [Theory]
    [InlineData("register", "write 1\nwrite 2", "write\nwrite")]
    [InlineData("register", "write 1\nwrite 2", "write ok\nwrite ok")]
    [InlineData("register", "write 1\nwrite 2\nwrite 3", "write 0\nwrite 0\nwrite 0")]
    [InlineData("register", "write 5\nwrite 7\nwrite 9", "write 1\nwrite 2\nwrite 3")]
    [InlineData("cas-register", "write 1\ncas [1, 2]", "write 1\ncas true")]
    [InlineData("kv", "append a\nappend b", "append a\nappend ab")]
    public void What_a_system_answers_of_its_own_is_no_contradiction(
        string model, string asked, string answered)
    {
        var verdict = Check(ModelOf(model), Asked(asked, answered));

        Assert.True(verdict.Validity == Validity.Valid, verdict.Summary);
    }

    [Fact]
    public void A_sequential_history_is_refused_for_it_too()
    {
        var verdict = new SequentiallyConsistent(KnownModels.Register()).Check(History.Parse("""
            0 invoke write 256
            0 ok     write 264
            """));

        Assert.Equal(Validity.Invalid, verdict.Validity);
    }

    static Verdict Check(Model model, string text) => new Linearizable(model).Check(History.Parse(text));

    // One after the other, by one process.
    static string Asked(string asked, string answered) => string.Join(
        '\n',
        asked.Split('\n').Zip(answered.Split('\n'), (ask, answer) => $"0 invoke {ask}\n0 ok {answer}"));

    static Model ModelOf(string name) => name switch
    {
        "register" => KnownModels.Register(),
        "cas-register" => KnownModels.CasRegister(),
        "kv" => KnownModels.Kv(),
        "fifo-queue" => KnownModels.Queue(),
        _ => KnownModels.MultiRegister(Value.Map()),
    };
}
