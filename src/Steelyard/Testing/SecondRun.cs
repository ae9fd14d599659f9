using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Replays;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Testing;

/// <summary>Runs a seed that failed once more, in a fresh process, before anybody is told how to repeat it:
/// what was broken when it went wrong, and where its page is, comes of that run.</summary>
internal static class SecondRun
{
    const int MostFaults = 3;

    /// <summary>What is to be said of it, as lines that begin with a line break.</summary>
    public static string Told(TestedScenario tested, HuntedSeed found)
    {
        // What threw has no history to compare, and no page.
        if (found.Failure is not null)
            return "";
        var request = tested.Request.With(found.Seed);
        var folder = Path.GetFullPath(Path.Combine(RunFolder.DefaultParent, RunFolder.NameOf(request)));
        using var world = tested.CreateWorldThatLeaves(folder);
        var again = Run.Execute(request, world, RunControl.None);
        var page = again.World.Notes is [var why, ..]
            ? $"\nit has no page: {why}"
            : $"\nits page: {Path.Combine(folder, RunFolder.ReportFile)}";
        var told = IsSame(again.World, found)
            ? Broken(again, found)
            : Differs(tested, found, again.World);
        return told + page;
    }

    static bool IsSame(WorldRun run, HuntedSeed found) =>
        run.History.Hash == found.HistoryHash && run.ScheduleHash == found.ScheduleHash;

    // From the first operation of the anomaly to the last.
    static string Broken(RunResult run, HuntedSeed found)
    {
        var history = run.World.History;
        var anomaly = run.Verdicts.Where(verdict => verdict.Checker == found.Checker)
            .SelectMany(verdict => verdict.Anomalies).FirstOrDefault();
        if (anomaly is not { Witness.Count: > 0 })
            return "";
        var operations = anomaly.Witness.Select(index => history[index]).ToList();
        var (from, to) = (operations.Min(one => one.InvokedAt), operations.Max(one => one.CompletedAt));
        string[] faults =
        [
            .. FaultExtent.Of(history)
                .Where(fault => fault.Start.HadEffect != false && fault.Overlaps(from, to))
                .Select(fault => $"{fault.Start.Kind}: {fault.Start.Description}"),
        ];
        return "\nmeanwhile: " + (faults.Length == 0 ? "nothing was broken"
            : string.Join("; ", faults.Take(MostFaults))
                + (faults.Length > MostFaults ? $"; and {faults.Length - MostFaults} more" : ""));
    }

    static string Differs(TestedScenario tested, HuntedSeed found, WorldRun again)
    {
        using var world = tested.CreateWorld(seedsPerProcess: 1);
        var third = Run.Execute(tested.Request.With(found.Seed), world, RunControl.None).World;
        if (again.ScheduleHash == third.ScheduleHash && again.History.Hash == third.History.Hash)
            return "\nnot repeatable: a fresh process gives another run of this seed, and always the same "
                + "one: the application keeps something from one run to the next, in a static say; "
                + "expected isolate: true, which gives every seed a fresh process";
        return "\nnot deterministic: two fresh processes gave two runs of this seed"
            + Where(HistoryDifference.Between(again.History, third.History))
            + "\n  likely cause: what steelyard doctor --app lists";
    }

    static string Where(HistoryDifference? difference) => difference is null
        ? ", in which clients saw the same"
        : FormattableString.Invariant(
            $"; first difference: event {difference.Position}, at {difference.TimeNs / 1e9:0.000} s")
            + $"\n    one     {difference.First}\n    other   {difference.Second}";
}
