using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Tests.Runs;

public sealed class FewSucceededTests
{
    const double Half = 0.5;
    const string Broken = "answered 500";

    [Fact]
    public void A_service_that_answers_errors_alone_is_undecided() => Assert.Equal(
        "not decided: 0 of 509 pay succeeded while nothing was broken, fewer than the 50 % from which a"
            + " promise is called held; 509 were told \"answered 500\"",
        Only(FewSucceeded.Of(Asked(509, ok: 0, Broken), Half, [])).Summary);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Half_is_enough(int ok, bool isTooFew) =>
        Assert.Equal(isTooFew, FewSucceeded.Of(Asked(10, ok, Broken), Half, []).Any());

    [Fact]
    public void Another_floor_may_be_said()
    {
        Assert.Empty(FewSucceeded.Of(Asked(10, ok: 1, Broken), 0.1, []));
        Assert.Single(FewSucceeded.Of(Asked(10, ok: 8, Broken), 0.9, []));
    }

    [Fact]
    public void A_plain_no_is_an_answer() =>
        Assert.Empty(FewSucceeded.Of(Asked(10, ok: 0, error: null), Half, []));

    [Fact]
    public void So_few_that_chance_decides_say_nothing() =>
        Assert.Empty(FewSucceeded.Of(Asked(4, ok: 0, Broken), Half, []));

    [Fact]
    public void What_fails_within_a_fault_is_the_fault_s()
    {
        var builder = new HistoryBuilder();
        Ask(builder, Outcome.Ok, null, 6);
        builder.Add(Crash(FaultPhase.Start));
        Ask(builder, Outcome.Info, Broken, 50);
        builder.Add(Crash(FaultPhase.End));
        Ask(builder, Outcome.Info, Broken, 5);
        Assert.Empty(FewSucceeded.Of(builder.SoFar(), Half, []));

        // And what fails after it is not.
        Ask(builder, Outcome.Info, Broken, 2);
        Assert.StartsWith(
            "not decided: 6 of 13 pay", Only(FewSucceeded.Of(builder.Build(), Half, [])).Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_jumped_excuses_nothing_that_comes_after_it()
    {
        var builder = new HistoryBuilder();
        builder.Add(Crash(FaultPhase.Instant) with { Kind = "clock-jump" });
        Ask(builder, Outcome.Info, Broken, 10);

        Only(FewSucceeded.Of(builder.Build(), Half, []));
    }

    static FaultEvent Crash(FaultPhase phase) => new()
    {
        TimeNs = 0, Phase = phase, Kind = "crash", Fault = 0, Description = "n1 crashed",
    };

    static History Asked(int all, int ok, string? error)
    {
        var builder = new HistoryBuilder();
        Ask(builder, Outcome.Ok, null, ok);
        Ask(builder, error is null ? Outcome.Fail : Outcome.Info, error, all - ok);
        return builder.Build();
    }

    static void Ask(HistoryBuilder builder, Outcome outcome, string? error, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var asked = builder.Invoke(builder.Count, "pay", Value.Nil, Value.Nil);
            builder.Complete(asked, outcome, Value.Nil, error: error);
        }
    }

    static Verdict Only(IEnumerable<Verdict> verdicts)
    {
        var verdict = Assert.Single(verdicts);
        Assert.Equal(Validity.Unknown, verdict.Validity);
        return verdict;
    }
}
