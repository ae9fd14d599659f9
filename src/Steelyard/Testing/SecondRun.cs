using Steelyard.Hunts;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Testing;

/// <summary>Runs a seed that failed once more, in a fresh process, before anybody is told how to repeat
/// it.</summary>
internal static class SecondRun
{
    /// <summary>What is to be said of it, as lines that begin with a line break; nothing where it is the same
    /// run.</summary>
    public static string Told(TestedScenario tested, HuntedSeed found)
    {
        // What threw has no history to compare.
        if (found.Failure is not null)
            return "";
        var again = Fresh(tested, found);
        if (again.History.Hash == found.HistoryHash && again.ScheduleHash == found.ScheduleHash)
            return "";
        var third = Fresh(tested, found);
        if (again.ScheduleHash == third.ScheduleHash && again.History.Hash == third.History.Hash)
            return "\nnot repeatable: a fresh process gives another run of this seed, and always the same "
                + "one: the application keeps something from one run to the next, in a static say; "
                + "expected isolate: true, which gives every seed a fresh process";
        return "\nnot deterministic: two fresh processes gave two runs of this seed"
            + Where(HistoryDifference.Between(again.History, third.History))
            + "\n  likely cause: what steelyard doctor --app lists";
    }

    static WorldRun Fresh(TestedScenario tested, HuntedSeed found)
    {
        using var world = tested.CreateWorld(seedsPerProcess: 1);
        return Run.Execute(tested.Request.With(found.Seed), world, RunControl.None).World;
    }

    static string Where(HistoryDifference? difference) => difference is null
        ? ", in which clients saw the same"
        : FormattableString.Invariant(
            $"; first difference: event {difference.Position}, at {difference.TimeNs / 1e9:0.000} s")
            + $"\n    one     {difference.First}\n    other   {difference.Second}";
}
