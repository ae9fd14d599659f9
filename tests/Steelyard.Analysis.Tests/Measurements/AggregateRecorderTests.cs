using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public sealed class AggregateRecorderTests
{
    [Fact]
    public void Its_figures_are_those_of_the_whole_history()
    {
        var whole = new HistoryBuilder();
        var aggregates = new AggregateRecorder();
        Record(whole);
        Record(aggregates);
        var requests = whole.Build().Operations.Where(operation => operation.IsRequest).ToList();

        Assert.Equal(requests.Count, aggregates.Due);
        Assert.Equal(requests.Count(request => request.IsSent), aggregates.Sent);
        Assert.Equal(requests.Count(request => request.IsAnswered), aggregates.Answered);
        Assert.Equal(aggregates.Answered, aggregates.Latencies.Count);
        Assert.Equal(
            requests.Where(request => request.IsAnswered)
                .Max(request => request.CompletedNs - request.IntendedNs),
            aggregates.Latencies.MaxNs);
        Assert.Equal(
            requests.CountBy(request => request.IntendedNs / 1_000_000_000).OrderBy(pair => pair.Key)
                .Select(pair => (long)pair.Value),
            aggregates.Windows.Select(window => window.Due));
        Assert.Equal(aggregates.Answered, aggregates.Windows.Sum(window => window.Answered));
    }

    [Fact]
    public void What_became_of_each_request_is_counted_as_in_the_whole_history()
    {
        var whole = new HistoryBuilder();
        var limit = TimeSpan.FromMicroseconds(150);
        var aggregates = new AggregateRecorder(limit: limit);
        Record(whole);
        Record(aggregates);

        var expected = RunMeasures.Of(whole.Build(), new() { Limit = limit });
        var found = RunMeasures.Of(aggregates, aggregates.Build(), traffic: null);

        Assert.Equal(expected.Availability.All, found.Availability.All);
        foreach (var count in new[] { "Answered", "Late", "Refused", "Unknown", "NeverSent" })
            Assert.NotEqual(0L, typeof(RequestCounts).GetProperty(count)!.GetValue(found.Availability.All));
        foreach (var measurement in found.Measurements.Where(one => one.Id != "operations"
                     && one.Id != "availability-worst-window"))
            Assert.Equal(expected.Find(measurement.Id), measurement);
    }

    [Fact]
    public void Windows_grow_with_the_run_and_count_the_same()
    {
        var (fine, coarse) = (new AggregateRecorder(TimeSpan.FromMilliseconds(1)), new AggregateRecorder());
        Record(fine);
        Record(coarse);

        Assert.InRange(fine.Windows.Count, 300, 600);
        Assert.Equal(16_000_000, fine.WindowNs);
        Assert.Equal(
            fine.Windows.Select((_, place) => place * fine.WindowNs),
            fine.Windows.Select(window => window.FromNs));
        Assert.Equal(Sum(coarse), Sum(fine));
        Assert.Equal(coarse.Answered, fine.Windows.Sum(window => window.Latencies.Count));
    }

    static RequestCounts Sum(AggregateRecorder recorder) =>
        RunMeasures.Of(recorder, recorder.Build(), traffic: null).Availability.All;

    [Fact]
    public void It_keeps_faults_and_phases_and_no_operation()
    {
        var aggregates = new AggregateRecorder();
        Record(aggregates);

        var history = aggregates.Build();

        Assert.Equal(0, history.Count);
        Assert.Equal("crash", Assert.Single(history.Faults).Kind);
        Assert.Equal(8_000_000_000, history.Phases.LoadEnd!.Value.TimeNs);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    public void Samples_are_spread_evenly_over_all_that_ended(int most)
    {
        var aggregates = new AggregateRecorder(mostSamples: most);
        for (var i = 0; i < 1_000; i++)
            aggregates.Complete(aggregates.Invoke(0, "ask", Value.Nil, i, i), Outcome.Ok, i, i + 1);

        var kept = aggregates.Samples.Select(sample => sample.Input.AsInteger).ToList();
        var gap = kept[1] - kept[0];

        Assert.InRange(kept.Count, most / 2, most);
        Assert.Equal(Enumerable.Range(0, kept.Count).Select(i => i * gap), kept);
        Assert.InRange(kept[^1], 1_000 - (2 * gap), 999);
    }

    // Answers, refusals, a cas that did not match, a timeout, an open one, an unsent one, a session, a final
    // read.
    static void Record(IOperationRecorder recorder)
    {
        const long second = 1_000_000_000;
        for (var i = 0; i < 400; i++)
        {
            var (atNs, function) = (i * 20_000_000L, i % 3 == 0 ? Functions.Cas : Functions.Read);
            var traits = i % 11 == 0 ? OperationTraits.Session
                : i % 7 == 0 ? OperationTraits.Unsent : OperationTraits.None;
            var input = function == Functions.Cas ? Value.List(i, i + 1) : i;
            var operation = recorder.Invoke(i, function, "x", input, atNs + (i % 5), atNs, "n1", traits);
            if (i == 200)
                recorder.Add(new()
                {
                    TimeNs = atNs, Phase = FaultPhase.Instant, Kind = "crash", Description = "n1 crashes",
                });
            if (traits == OperationTraits.Unsent)
                recorder.Complete(operation, Outcome.Fail, Value.Nil, atNs + 50, "never sent");
            else if (i % 4 != 3)
                recorder.Complete(
                    operation, (Outcome)(1 + (i % 3)), Value.Nil, atNs + (i * 1_000L),
                    i % 2 == 0 ? "no" : null);
        }

        recorder.Mark(HistoryPhase.LoadEnd, 8 * second);
        var late = recorder.Invoke(900, "late", Value.Nil, 1, 9 * second, (8 * second) - 1);
        recorder.Complete(late, Outcome.Ok, 1, 9 * second);
        recorder.Mark(HistoryPhase.FinalReads, 10 * second);
        recorder.Complete(
            recorder.Invoke(901, "look", Value.Nil, 1, 11 * second), Outcome.Ok, 1, 12 * second);
    }
}
