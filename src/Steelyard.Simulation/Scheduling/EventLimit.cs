using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Ends a run that has taken all the events it may (<see cref="Scenario.EventBudget"/>) and says what
/// they were. They are counted by kind only when the end is near, so that no other run pays for it.
/// </summary>
internal sealed class EventLimit(Scheduler scheduler, long most)
{
    const string Name = "event-budget";
    const int MostKinds = 3;

    /// <summary>Counts what is handled, when most of the budget is spent; null before.</summary>
    public EventKinds? Kinds { get; private set; }

    // The counting itself is no part of the run: whoever counts or not, the same happens.
    long CountFrom => most - (most / 10);

    bool IsSpent => scheduler.Events >= most;

    /// <summary>Whether the run has to end here; asked now and then between two events.</summary>
    public bool IsReached()
    {
        if (scheduler.Events >= CountFrom)
            Kinds ??= new();
        return IsSpent || scheduler.IsOverfull;
    }

    /// <summary>What there is to say when the run ended; null when it kept within its budget.</summary>
    public Verdict? Finding()
    {
        if (scheduler.IsOverfull)
            return Undecided(
                FormattableString.Invariant($"{scheduler.Waiting:N0} events waited at once"),
                "of those that waited", Waiting());
        return IsSpent && Kinds is { } kinds
            ? Undecided(
                FormattableString.Invariant($"{scheduler.Events:N0} events happened"), "of the last", kinds)
            : null;
    }

    Verdict Undecided(string what, string which, EventKinds kinds) => Verdict.Undecided(
        Name,
        FormattableString.Invariant(
            $"{what}, by {scheduler.NowNs / 1e9:0.000} s, and the run may take {most:N0}; {which} ")
        + FormattableString.Invariant($"{kinds.Total:N0}, {kinds.Most(MostKinds)}"));

    EventKinds Waiting()
    {
        var kinds = new EventKinds();
        scheduler.Visit(waits => kinds.Add(waits));
        return kinds;
    }
}
