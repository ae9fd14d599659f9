using System.Text.Json;
using Steelyard.Analysis.Measurements;
using Steelyard.Histories;
using Steelyard.Replays;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Simulation;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Tests.Runs;

/// <summary>Runs whose operations are counted and not kept have results like any other, without what cannot
/// be known.</summary>
public sealed class CountedRunTests
{
    static readonly RunRequest Request = RunRequest.Of(
        new TinyRegister(), TinyRegister.With(), FaultChoice.Story, RunSpec.DefaultSeed);

    static readonly RunResult Whole = Run.Execute(Request, new SimulatedWorld(), RunControl.None);

    static readonly RunResult Counted = Run.Execute(
        Request, new SimulatedWorld(), RunControl.None with { Recorder = new AggregateRecorder() });

    [Fact]
    public void No_promise_is_judged_and_each_says_why()
    {
        Assert.Equal(Validity.Valid, Verdict.Overall(Whole.Verdicts));
        var verdict = Assert.Single(Counted.Verdicts);
        Assert.Equal(Whole.Verdicts[0].Checker, verdict.Checker);
        Assert.Equal(Validity.Unknown, verdict.Validity);
        Assert.Equal("not decided: operations were counted and not kept", verdict.Summary);
    }

    [Fact]
    public void What_is_measured_is_what_the_whole_history_gives()
    {
        Assert.Equal(Whole.World.ScheduleHash, Counted.World.ScheduleHash);
        foreach (var id in new[]
                 {
                     "operations", "requests-due", "availability", "availability-ever", "throughput",
                     "latency-p50", "latency-p99", "latency-max", "messages-per-operation",
                 })
            Assert.Equal(Of(Whole, id), Of(Counted, id));
        Assert.Equal(Whole.Operations, Counted.Operations);
        Assert.Equal(Whole.Measures.Availability.All, Counted.Measures.Availability.All);
        Assert.Equal(Whole.Measures.Faults, Counted.Measures.Faults);
        Assert.Equal(
            Whole.Measures.Timeline!.All.Counts.Sum(counts => counts.Due),
            Counted.Measures.Timeline!.All.Counts.Sum(counts => counts.Due));
    }

    [Fact]
    public void What_cannot_be_known_is_left_out_and_said()
    {
        Assert.Null(Counted.Measures.Recovery);
        Assert.Empty(Counted.Measures.Availability.Sides);
        Assert.DoesNotContain(
            Counted.Measures.Measurements, one => one.Id.Contains("stale", StringComparison.Ordinal));
        var page = RunReport.Of(Counted, [], null);
        Assert.Equal(
            "Operations were counted and not kept: promises, the sides of a cut, recovery and staleness"
            + " cannot be told.", page.Trade[^1]);
        Assert.NotNull(page.Timeline);
        Assert.NotEmpty(page.Curves);
    }

    [Fact]
    public void It_leaves_a_folder_that_can_be_replayed()
    {
        using var place = new TemporaryFolder();
        var folder = RunFolder.Make(place.File("run"), Request);

        folder.Write(Counted, null);

        using var json = JsonDocument.Parse(File.ReadAllText(folder.Result));
        Assert.True(json.RootElement.GetProperty("countedOnly").GetBoolean());
        Assert.Equal(
            Whole.World.History.Count,
            json.RootElement.GetProperty("counters").GetProperty("operations").GetInt32());
        var again = Replay.Execute(
            RunFolder.Open(folder.Path), new([new TinyRegister()]), new SimulatedWorld(), RunControl.None);
        Assert.True(again.IsSame);
        Assert.Equal(Whole.Operations, again.Again.Operations);
    }

    static (double? Value, long? Samples) Of(RunResult run, string id) =>
        (run.Measures.Find(id)?.Value, run.Measures.Find(id)?.Samples);
}
