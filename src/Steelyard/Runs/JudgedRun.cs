using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Runs;

/// <summary>What is measured and judged of a run that a world has done, alone or in a hunt; each is found
/// when somebody asks for it.</summary>
/// <param name="world">What the world gave.</param>
/// <param name="scenario">What was run.</param>
/// <param name="plan">What broke.</param>
/// <param name="asked">What was to break.</param>
/// <param name="control">Who counted beside it, and who may stop its judges.</param>
internal sealed class JudgedRun(
    WorldRun world, Scenario scenario, FaultPlan plan, FaultChoice asked, RunControl control)
{
    /// <summary>What was counted where operations were not kept; null where they stand in the
    /// history.</summary>
    public AggregateRecorder? Counted { get; } = world.History.Count > 0 ? null
        : (world.Account?.Requests ?? control.Recorder) as AggregateRecorder;

    /// <summary>What was measured.</summary>
    public RunMeasures Measures => field ??= Measure();

    /// <summary>What the world itself found, one verdict for each expectation, what was counted besides, and
    /// each limit.</summary>
    public IReadOnlyList<Verdict> Verdicts => field ??= Judge();

    IReadOnlyList<Verdict> Judge()
    {
        if (!scenario.Deployment.KeepsOperations && world.Account is null)
            return
            [
                .. world.Findings,
                Verdict.Undecided("counted", "what was counted in a process of its own stays there"),
            ];
        return
        [
            .. Counted is null
                ? Judgement.Of(world, scenario, plan, asked, control.Cancellation)
                : Judgement.OfCounted(world, scenario, plan, asked),
            .. world.Account?.Verdicts ?? [],
            .. scenario.Promises.Limits.Select(limit => limit.Judge(Measures.Measurements)),
        ];
    }

    RunMeasures Measure()
    {
        // Where nobody counts messages there is no number of them.
        var traffic = world.Counters.MessagesSent == 0
            ? null
            : new Traffic(world.Counters.MessagesSent, world.Counters.BytesSent);
        return Counted is null
            ? RunMeasures.Of(
                world.History,
                new()
                {
                    Limit = scenario.Promises.AnswerLimit,
                    Traffic = traffic,
                    Own = scenario.Promises.Measures,
                })
            : RunMeasures.Of(Counted, world.History, traffic, world.Account?.Measurements ?? []);
    }
}
