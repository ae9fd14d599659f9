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

    sealed class Checker(Func<History, Verdict> check) : IChecker
    {
        public string Name => "test";

        public Verdict Check(History history) => check(history);
    }
}
