using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Replays;

/// <summary>A run that was done again from its folder.</summary>
/// <param name="Again">The new run.</param>
/// <param name="Recorded">What the folder says.</param>
/// <param name="Difference">The first event that differs; null when the histories are the same.</param>
internal sealed record Replay(RunResult Again, RecordedRun Recorded, HistoryDifference? Difference)
{
    /// <summary>True when history and schedule are the same, bit for bit.</summary>
    public bool IsSame =>
        Difference is null && SameSchedule && Again.World.History.Hash == Recorded.HistoryHash;

    /// <summary>True when every event of the scheduler was the same.</summary>
    public bool SameSchedule => Again.World.ScheduleHash == Recorded.ScheduleHash;

    /// <summary>True when the same build made both.</summary>
    public bool SameVersion => Recorded.Version == ResultJson.Version;

    /// <summary>Runs again what a folder holds, and compares.</summary>
    /// <exception cref="UserMistakeException">The folder is none of a run, or a file in it is
    /// broken.</exception>
    public static Replay Execute(
        RunFolder folder, DesignCatalogue designs, IWorld world, RunControl control)
    {
        var recorded = RecordedRun.Read(folder.Result);
        var history = HistoryFile.Read(folder.History);
        var request = ScenarioFile.Read(folder.Scenario, designs);
        MustBeReplayable(request);
        if (recorded.IsPartial)
            request = request with
            {
                Spec = request.Spec with { StopAtEvent = recorded.SchedulerEvents },
            };
        var again = Run.Execute(request, world, recorded.IsCountedOnly
            ? control with { Recorder = new AggregateRecorder() }
            : control);
        return new(again, recorded, HistoryDifference.Between(history, again.World.History));
    }

    /// <summary>Refuses a run of which a second one is another one.</summary>
    /// <exception cref="UserMistakeException">It is one.</exception>
    internal static void MustBeReplayable(RunRequest request)
    {
        if (!request.Build().Deployment.IsReplayable)
            throw new UserMistakeException(
                $"replay: expected a simulated run, found one of {request.Spec.Design}, which is not"
                + $" replayable; to ask the same under the same faults again: {RunCommand.Of(request.Spec)}");
    }
}

/// <summary>What <c>result.json</c> says of a run.</summary>
/// <param name="Version">Of the product that ran it.</param>
/// <param name="HistoryHash">Of its history.</param>
/// <param name="ScheduleHash">Of its schedule.</param>
/// <param name="SchedulerEvents">How many events the scheduler handled.</param>
/// <param name="IsPartial">True when it was stopped before its end.</param>
internal sealed record RecordedRun(
    string Version, ulong HistoryHash, ulong ScheduleHash, long SchedulerEvents, bool IsPartial)
{
    /// <summary>True when its operations were counted and not kept.</summary>
    public bool IsCountedOnly { get; init; }

    /// <summary>Reads it.</summary>
    /// <exception cref="UserMistakeException">It is not such a file.</exception>
    public static RecordedRun Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return new(
                root.GetProperty("version").GetString()!,
                Seed.Parse(root.GetProperty("historyHash").GetString()!).Value,
                Seed.Parse(root.GetProperty("scheduleHash").GetString()!).Value,
                root.GetProperty("counters").GetProperty("schedulerEvents").GetInt64(),
                root.GetProperty("partial").GetBoolean())
            {
                IsCountedOnly = root.GetProperty("countedOnly").GetBoolean(),
            };
        }
        catch (JsonException problem)
        {
            throw new UserMistakeException(
                $"{path}:{problem.LineNumber + 1}:{problem.BytePositionInLine + 1}: expected JSON, found "
                    + "something else",
                problem);
        }
        catch (Exception problem) when (problem is KeyNotFoundException or InvalidOperationException
                                            or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserMistakeException(
                $"{path}: expected the result of a run, found: {problem.Message}", problem);
        }
    }
}
