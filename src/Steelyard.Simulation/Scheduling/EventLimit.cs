using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Ends a run that has taken all the events it may (<see cref="Scenario.EventBudget"/>), or whose time stands
/// still, and says what these events were. They are counted by kind only when the end is near, so that no
/// other run pays for it.
/// </summary>
/// <param name="scheduler">What handles the events.</param>
/// <param name="most">How many there may be in all.</param>
/// <param name="mostLooks">How many looks may find the same time: nodes that answer each other without any
/// delay would keep a run at one instant for ever.</param>
internal sealed class EventLimit(Scheduler scheduler, long most, int mostLooks)
{
    const string Budget = "event-budget";
    const string Time = "time-moves";
    const int MostKinds = 3;

    long _lastNs = -1;
    int _looks;

    /// <summary>Counts what is handled, when the end may be near; null before.</summary>
    public EventKinds? Kinds { get; private set; }

    // The counting itself is no part of the run: whoever counts or not, the same happens.
    long CountFrom => most - (most / 10);

    bool IsSpent => scheduler.Events >= most;

    bool StandsStill => _looks > mostLooks;

    /// <summary>Whether the run has to end here; asked now and then between two events.</summary>
    public bool IsReached()
    {
        _looks = scheduler.NowNs == _lastNs ? _looks + 1 : 0;
        _lastNs = scheduler.NowNs;
        if (scheduler.Events >= CountFrom || _looks > mostLooks / 2)
            Kinds ??= new();
        else
            Kinds = null;
        return IsSpent || StandsStill || scheduler.IsOverfull;
    }

    /// <summary>What there is to say when the run ended; null when it kept within its limits.</summary>
    public Verdict? Finding()
    {
        if (scheduler.IsOverfull)
            return OfBudget(
                FormattableString.Invariant($"{scheduler.Waiting:N0} events waited at once"),
                "of those that waited", Waiting());
        if (scheduler.Context.IsEndless)
            return OfTime(FormattableString.Invariant(
                $"code that awaits nothing went on {WorldContext.MostAtOnce:N0} times there"));
        if (StandsStill)
            return OfTime(Told("of the last", Kinds));
        return IsSpent
            ? OfBudget(
                FormattableString.Invariant($"{scheduler.Events:N0} events happened"), "of the last", Kinds)
            : null;
    }

    Verdict OfBudget(string what, string which, EventKinds? kinds) => Verdict.Undecided(
        Budget,
        FormattableString.Invariant(
            $"{what}, by {scheduler.NowNs / 1e9:0.000} s, and the run may take {most:N0}; ")
        + Told(which, kinds));

    Verdict OfTime(string told) => Verdict.Undecided(
        Time,
        FormattableString.Invariant(
            $"time stands still at {scheduler.NowNs / 1e9:0.000} s, after {scheduler.Events:N0} events; ")
        + told);

    // A budget that is spent before anybody has looked twice leaves nothing to count.
    static string Told(string which, EventKinds? kinds) => kinds is { Total: > 0 }
        ? FormattableString.Invariant($"{which} {kinds.Total:N0}, {kinds.Most(MostKinds)}")
        : "nobody counted of which kind they were";

    EventKinds Waiting()
    {
        var kinds = new EventKinds();
        scheduler.Visit(waits => kinds.Add(waits));
        return kinds;
    }
}
