using System.Text;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Tests.Runs;

public sealed class JudgementTests
{
    static readonly History Anything = History.Parse("0 invoke read\n0 ok read 1");

    [Fact]
    public void A_checker_that_would_never_end_is_left_behind_when_somebody_stops_it()
    {
        using var stop = new CancellationTokenSource();
        using var never = new ManualResetEventSlim();
        var checker = new Checker(_ =>
        {
            stop.Cancel();
            never.Wait();
            return Verdict.Holds("never", "");
        });

        var verdict = Assert.Single(Judgement.Of(Anything, [checker], stop.Token));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("it was interrupted", verdict.Exhausted);
        never.Set();
    }

    [Fact]
    public void What_a_checker_throws_is_thrown_as_it_is()
    {
        using var stop = new CancellationTokenSource();
        var checker = new Checker(_ => throw new UserMistakeException("no such function"));

        Assert.Throws<UserMistakeException>(
            () => Judgement.Of(Anything, [checker], stop.Token));
    }

    [Theory]
    [InlineData("1 ok read 7")]
    [InlineData("1 ok read 8")]
    public void Nothing_is_decided_of_a_history_whose_recorder_could_not_keep_all(string last)
    {
        var whole = History.Parse($"0 invoke write 7\n0 ok write 7\n1 invoke read\n{last}");
        var judge = new Linearizable(KnownModels.Register(Value.Nil));
        var judged = judge.Check(whole);
        Assert.NotEqual(Validity.Unknown, judged.Validity);

        var verdict = Assert.Single(Judgement.Of(WithMissed(whole, 12), [judge], CancellationToken.None));

        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.StartsWith("12 operations took place that the recorder could not keep", verdict.Exhausted);
        Assert.EndsWith($"one would say {judged.Validity}: {judged.Summary}", verdict.Exhausted);
    }

    static History WithMissed(History history, int operations)
    {
        var file = new MemoryStream();
        JsonlWriter.Write(file, history);
        file.Write(Encoding.UTF8.GetBytes($"{{\"recording\":\"missed\",\"operations\":{operations}}}\n"));
        file.Position = 0;
        var missed = HistoryFile.Read(file, "x", ReadOptions.Default).History;
        // Words of a model's own, and our own file, do not lose it.
        var again = new MemoryStream();
        JsonlWriter.Write(again, RewrittenHistory.Of(missed, one => one.Function, one => one.Output));
        again.Position = 0;
        return HistoryFile.Read(again, "x", ReadOptions.Default).History;
    }

    sealed class Checker(Func<History, Verdict> check) : IChecker
    {
        public string Name => "test";

        public Verdict Check(History history) => check(history);
    }
}
