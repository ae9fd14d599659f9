using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Replays;

/// <summary>A run that was done again from its folder as far as a time, and looked at there.</summary>
/// <param name="Request">What was run.</param>
/// <param name="Time">How far it is: the time asked for, or the run's end where that comes first.</param>
/// <param name="HasEnded">Whether nothing is left to happen.</param>
/// <param name="States">What its nodes show of themselves then.</param>
/// <param name="Difference">The first event up to there that is not as recorded; null when all are.</param>
internal sealed record ReplayedMoment(
    RunRequest Request, TimeSpan Time, bool HasEnded, IReadOnlyList<NodeState> States,
    HistoryDifference? Difference)
{
    /// <summary>Runs again what a folder holds, up to a time.</summary>
    /// <exception cref="UserMistakeException">The folder is none of a run, or a file in it is
    /// broken.</exception>
    /// <exception cref="DesignFailedException">The user's design threw.</exception>
    public static ReplayedMoment Execute(
        RunFolder folder, DesignCatalogue designs, IWorld world, RunControl control, TimeSpan until)
    {
        var recorded = RecordedRun.Read(folder.Result);
        var history = HistoryFile.Read(folder.History);
        var request = ScenarioFile.Read(folder.Scenario, designs);
        Replay.MustBeReplayable(request);
        // A run that was stopped is known as far as that.
        var point = RunPoint.At(until);
        if (recorded.IsPartial)
            point = point with { Events = recorded.SchedulerEvents };
        return DesignFailedException.Guard(request.Spec, () => At(point, history, request, world, control));
    }

    static ReplayedMoment At(
        RunPoint point, History recorded, RunRequest request, IWorld world, RunControl control)
    {
        var scenario = request.Build();
        var plan = request.Faults.PlanFor(scenario, request.Seed);
        using var session = world.Start(scenario, plan, request.Seed, control);
        session.Advance(point);
        return new(
            request, TimeSpan.FromTicks(session.NowNs / 100), session.HasEnded, session.States(),
            HistoryDifference.UpTo(session.NowNs, recorded, session.HistorySoFar()));
    }
}
