using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Report;

/// <summary>Runs, histories and pages for the tests of the report.</summary>
internal static class Samples
{
    public static IReadOnlyList<RepeatCommand> Commands { get; } =
        [new("The same run again", "steelyard run two-sites --seed 0x7")];

    /// <summary>A run of <see cref="TwoSites"/> through a partition, with verdicts of all three
    /// kinds.</summary>
    public static RunResult Run(bool broken = true)
    {
        var design = new TwoSites();
        var options = new DesignOptions(
            design, new CommonOptions(), new Dictionary<string,
                string>(StringComparer.Ordinal) { ["polite"] = "true" });
        var scenario = design.Build(options);
        var world = new SimulatedWorld().Execute(scenario, TwoSites.Partition, new Seed(7), RunControl.None);
        return new(
            RunRequest.Of(design, options, FaultChoice.Story, new Seed(7)), scenario, TwoSites.Partition,
            world, Verdicts(world.History, broken),
            RunMeasures.Of(world.History, new()
            {
                Traffic = new(world.Counters.MessagesSent, world.Counters.BytesSent),
            }));
    }

    static IReadOnlyList<Verdict> Verdicts(History history, bool broken)
    {
        var timedOut = history.Operations.First(o => o.Outcome == Outcome.Info);
        var kept = Verdict.Holds("linearizable", "it is", [0, 1, 2]);
        return !broken
            ? [kept]
            : [
                kept,
                Verdict.Broken("exactly-once",
                    new Anomaly("twice", "A write stands twice.", [timedOut.Index])
                    {
                        Cycle =
                        [
                            new(0, timedOut.Index, "rw", "x", "nil → 1", "T0 read x = nil, without 1"),
                            new(timedOut.Index, 0, "realtime", Value.Nil, "", "it had completed before"),
                        ],
                    }),
                Verdict.Undecided("monotonic-reads", "10 search steps"),
            ];
    }

    /// <summary>What is traced of a run as it is made.</summary>
    public static RunTrace TraceOf(RunResult run, long? mostBytes = null)
    {
        var trace = new RunTrace(mostBytes);
        new SimulatedWorld().Execute(
            run.Scenario, run.Faults, run.Seed, new() { Trace = trace, States = trace });
        return trace;
    }

    /// <summary>The page of a run.</summary>
    public static string Page(RunResult run)
    {
        using var stream = new MemoryStream();
        ReportPage.Write(stream, run, Commands, TraceOf(run));
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
