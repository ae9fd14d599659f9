using Steelyard.Histories;
using Steelyard.Services.Designs.Presence;
using Steelyard.Services.Designs.Presence.Promises;

namespace Steelyard.Services.Designs.Tests.Presence.Promises;

/// <summary>Two users, each the friend of the other; times are in ms.</summary>
public sealed class PresencePromisesTests
{
    const long NsOfMs = 1_000_000;
    const int Users = 2;

    static readonly int Gone = (int)Bounds.Gone.TotalMilliseconds;
    static readonly int Again = (int)Bounds.Connected.TotalMilliseconds;

    [Theory]
    [InlineData(900, "[]", null)]
    [InlineData(1_100, "[]", "not-seen")]
    [InlineData(1_100, "[0]", null)]
    public void Who_is_connected_is_seen(int lookAfterMs, string seen, string? anomaly)
    {
        var history = new HistoryBuilder();
        var stay = Begin(history, 0, 20_000);
        Look(history, 20_000 + lookAfterMs, seen);
        End(history, stay, 30_000, [(0, 9_900, 10_000)], []);

        Assert.Equal(anomaly, Found(new SeenOnline(), history));
    }

    [Theory]
    [InlineData(-100, "[0]", null)]
    [InlineData(100, "[0]", "still-seen")]
    [InlineData(100, "[]", null)]
    public void Who_is_gone_is_not_seen(int afterTheBoundMs, string seen, string? anomaly)
    {
        var history = new HistoryBuilder();
        End(history, Begin(history, 0, 10_000), 20_000, [(0, 9_900, 10_000)], []);
        Look(history, 20_000 + Gone + afterTheBoundMs, seen);

        Assert.Equal(anomaly, Found(new SeenOffline(), history));
    }

    [Theory]
    [InlineData(-100, false, null)]
    [InlineData(100, false, "not-connected")]
    [InlineData(100, true, null)]
    public void Who_wants_to_be_connected_is(int longerThanTheBoundMs, bool isDisturbed, string? anomaly)
    {
        var history = new HistoryBuilder();
        var stay = Begin(history, 0, 0);
        if (isDisturbed)
            Crash(history, 2_000, 3_000);
        End(
            history, stay, 40_000,
            [(0, 900, 1_000), (1_000 + Again + longerThanTheBoundMs, 39_900, 40_000)], []);

        Assert.Equal(anomaly, Found(new ConnectedAgain(), history));
    }

    [Theory]
    [InlineData(800, null)]
    [InlineData(1_200, "missed-push")]
    public void A_friend_who_comes_is_told_of(int toldAfterMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        var watcher = Begin(history, 0, 0);
        var friend = Begin(history, 1, 10_000);
        End(history, friend, 20_000, [(0, 9_900, 10_000)], [(100, 0, true)]);
        End(
            history, watcher, 21_000, [(0, 20_900, 21_000)],
            [(10_000 + toldAfterMs, 1, true), (20_100, 1, false)]);

        Assert.Equal(anomaly, Found(new PushesArrive(), history));
    }

    [Theory]
    [InlineData(11_900, null)]
    [InlineData(12_100, "missed-push")]
    public void A_friend_who_went_is_told_of(int toldAtMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        var watcher = Begin(history, 0, 0);
        var friend = Begin(history, 1, 1_000);
        End(history, friend, 5_000, [(0, 3_900, 4_000)], [(100, 0, true)]);
        End(
            history, watcher, 20_000, [(0, 19_900, 20_000)], [(1_100, 1, true), (toldAtMs, 1, false)]);

        Assert.Equal(anomaly, Found(new PushesArrive(), history));
    }

    [Fact]
    public void Who_was_not_connected_himself_need_not_know()
    {
        var history = new HistoryBuilder();
        var watcher = Begin(history, 0, 0);
        var friend = Begin(history, 1, 10_000);
        End(history, friend, 20_000, [(0, 9_900, 10_000)], []);
        End(history, watcher, 21_000, [(0, 9_000, 9_500)], []);

        Assert.Null(Found(new PushesArrive(), history));
    }

    [Fact]
    public void What_breaks_later_takes_nothing_back()
    {
        var history = new HistoryBuilder();
        var watcher = Begin(history, 0, 0);
        var friend = Begin(history, 1, 5_000);
        End(history, friend, 10_000, [(0, 4_900, 5_000)], []);
        Crash(history, 19_000, 19_500);
        End(history, watcher, 20_000, [(0, 19_900, 20_000)], []);

        Assert.Equal("missed-push", Found(new PushesArrive(), history));
    }

    [Fact]
    public void Who_may_still_be_there_from_a_stay_that_never_ended_is_not_missed()
    {
        var history = new HistoryBuilder();
        var lost = history.Invoke(8, PresenceWorkload.Stay, 0, Value.Map(("users", Users)), 0);
        history.Complete(lost, Outcome.Info, Value.Nil, 5_000 * NsOfMs);
        End(history, Begin(history, 0, 6_000), 10_000, [(0, 3_900, 4_000)], []);
        Look(history, 11_000 + Gone, "[0]");

        Assert.Null(Found(new SeenOffline(), history));
    }

    [Fact]
    public void Where_nothing_was_to_be_judged_nothing_is_said()
    {
        var history = new HistoryBuilder();
        Crash(history, 0, 3_000);
        End(history, Begin(history, 0, 1_000), 2_000, [(0, 900, 1_000)], []);
        Look(history, 2_500, "[0]");
        IChecker[] checkers =
            [new SeenOnline(), new SeenOffline(), new ConnectedAgain(), new PushesArrive()];

        Assert.All(
            checkers, checker => Assert.Equal(Validity.Unknown, checker.Check(history.Build()).Validity));
    }

    static string? Found(IChecker checker, HistoryBuilder history) =>
        checker.Check(history.Build()).Anomalies.Select(anomaly => anomaly.Type).FirstOrDefault();

    static int Begin(HistoryBuilder history, int user, int atMs) => history.Invoke(
        user, PresenceWorkload.Stay, user, Value.Map(("users", Users)), atMs * NsOfMs);

    // Times of spans and of what was seen are counted from the begin of the stay.
    static void End(
        HistoryBuilder history, int stay, int atMs, (int From, int Heard, int To)[] spans,
        (int At, int Friend, bool Online)[] seen) => history.Complete(
        stay, Outcome.Ok,
        Value.Map(
            ("spans", Value.List([.. spans.Select(span => Value.Map(
                ("from", span.From), ("heard", span.Heard), ("to", span.To)))])),
            ("seen", Value.List([.. seen.Select(told => Value.Map(
                ("at", told.At), ("user", told.Friend), ("online", Value.Of(told.Online))))]))),
        atMs * NsOfMs);

    static void Look(HistoryBuilder history, int atMs, string seen)
    {
        var look = history.Invoke(9, PresenceWorkload.Look, Value.Nil, Value.Nil, atMs * NsOfMs);
        var users = seen == "[]" ? Value.EmptyList : Value.List(0);
        history.Complete(look, Outcome.Ok, users, (atMs + 1) * NsOfMs);
    }

    static void Crash(HistoryBuilder history, int fromMs, int toMs)
    {
        foreach (var (phase, atMs) in new[] { (FaultPhase.Start, fromMs), (FaultPhase.End, toMs) })
            history.Add(new()
            {
                TimeNs = atMs * NsOfMs, Phase = phase, Kind = "crash", Fault = 0, Description = "a crash",
            });
    }
}
