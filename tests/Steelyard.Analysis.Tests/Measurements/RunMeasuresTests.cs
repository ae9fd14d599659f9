using Steelyard.Analysis.Measurements;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Tests.Measurements;

public class RunMeasuresTests
{
    [Fact]
    public void Functions_that_are_called_as_a_registers_are_measured_whatever_they_carry()
    {
        var measurements = Of(History.Parse("0 invoke cas 7\n0 ok cas 8\n0 invoke read\n0 ok read 9"));

        Assert.Equal(1, Find(measurements, "latency-cas-max").Samples);
    }

    [Fact]
    public void Latency_counts_from_the_intended_start_so_a_stall_is_charged_to_all_it_delayed()
    {
        var builder = new HistoryBuilder();
        // Due at 0, 10 and 20 ms; one process, stalled by the first for 100 ms.
        var first = builder.Invoke(0, "read", Value.Nil, Value.Nil, 0, 0);
        builder.Complete(first, Outcome.Ok, 1, 100_000_000);
        var second = builder.Invoke(0, "read", Value.Nil, Value.Nil, 100_000_000, 10_000_000);
        builder.Complete(second, Outcome.Ok, 1, 101_000_000);
        var third = builder.Invoke(0, "read", Value.Nil, Value.Nil, 101_000_000, 20_000_000);
        builder.Complete(third, Outcome.Ok, 1, 102_000_000);

        var measurements = Of(builder.Build());

        Assert.Equal(100, Find(measurements, "latency-max").Value, 0.1);
        Assert.Equal(91, Find(measurements, "latency-p50").Value, 0.1);
        Assert.Equal(3, Find(measurements, "latency-p50").Samples);
        Assert.Equal(91, Find(measurements, "latency-read-p50").Value, 0.1);
    }

    [Fact]
    public void A_recorded_word_heal_ends_a_partition_and_not_the_load()
    {
        var history = Recorded("""
            {:process 0, :type :invoke, :f :write, :value 1, :time 0}
            {:process 0, :type :ok, :f :write, :value 1, :time 1000000}
            {:process :nemesis, :type :info, :f :start-partition, :value :majority, :time 2000000}
            {:process :nemesis, :type :info, :f :start-partition, :value :majority, :time 2000000}
            {:process 0, :type :invoke, :f :write, :value 2, :time 3000000}
            {:process 0, :type :ok, :f :write, :value 2, :time 4000000}
            {:process :nemesis, :type :info, :f :heal, :value nil, :time 5000000}
            {:process :nemesis, :type :info, :f :heal, :value nil, :time 5000000}
            {:process 0, :type :invoke, :f :write, :value 3, :time 6000000}
            {:process 0, :type :info, :f :write, :value 3, :time 7000000, :error :timeout}
            {:process 1, :type :invoke, :f :read, :value nil, :time 8000000}
            {:process 1, :type :info, :f :read, :value nil, :time 9000000, :error :timeout}
            {:process 2, :type :invoke, :f :read, :value nil, :time 10000000}
            {:process 2, :type :info, :f :read, :value nil, :time 11000000, :error :timeout}
            """);

        Assert.Equal((0.4, 5), Share(Of(history), "availability"));
        var partition = Assert.Single(FaultWindow.Of(history));
        Assert.Equal(("partition", 2_000_000, 5_000_000),
            (partition.Kind, partition.StartNs, partition.EndNs));
    }

    static History Recorded(string edn) => HistoryFile.Read(
        new MemoryStream(System.Text.Encoding.UTF8.GetBytes(edn)), "recorded.edn",
        new ReadOptions { Format = HistoryFormats.Named("jepsen-edn") }).History;

    [Fact]
    public void Availability_is_told_for_each_side_over_the_requests_made_during_the_cut()
    {
        var history = new PartitionedHistory()
            .Ask("n3", Outcome.Ok)
            .Cut()
            .Ask("n1", Outcome.Ok).Ask("n2", Outcome.Ok).Ask("n3", Outcome.Fail).Ask("n3", Outcome.Ok)
            .Ask("n3", Outcome.Info).Ask("n3", Outcome.Open)
            .Mend()
            .Ask("n3", Outcome.Ok)
            .Heal()
            .Ask("n3", Outcome.Fail)
            .Build();

        var measurements = Of(history);

        Assert.Equal((1, 2), Share(measurements, "availability-majority"));
        Assert.Equal((0.25, 4), Share(measurements, "availability-minority"));
        Assert.Equal((5 / 8.0, 8), Share(measurements, "availability"));
        Assert.Equal("Answered within 1 s", Find(measurements, "availability").Words);
    }

    [Fact]
    public void Equal_halves_are_named_by_their_nodes()
    {
        var history = new PartitionedHistory()
            .Cut(["n1", "n2"], ["n3", "n4"]).Ask("n1", Outcome.Ok).Ask("n4", Outcome.Ok).Heal().Build();
        Assert.Equal(["n1 n2", "n3 n4"],
            Availability.Of(history, MeasureOptions.UsualLimit).Sides
                .Select(side => side.Name));
    }

    [Fact]
    public void A_cas_whose_compare_did_not_match_was_answered_and_one_that_was_refused_was_not()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, "cas", Value.Nil, Value.List(1, 2)), Outcome.Fail, Value.Nil);
        builder.Complete(
            builder.Invoke(0, "cas", Value.Nil, Value.List(1, 2)), Outcome.Fail, Value.Nil,
                error: "no quorum");
        var all = RunMeasures.Of(builder.Build(), new()).Availability.All;
        Assert.Equal((2L, 1L, 1L), (all.Due, all.Answered, all.Refused));
    }

    [Fact]
    public void A_recording_without_times_has_no_latency_throughput_or_timeline()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, "write", Value.Nil, 1), Outcome.Ok, 1);
        builder.Complete(builder.Invoke(0, "read", Value.Nil, Value.Nil), Outcome.Ok, 1);
        var history = builder.Build();

        var names = Of(history).Select(one => one.Id).ToList();

        Assert.DoesNotContain(names, name => name.StartsWith("latency", StringComparison.Ordinal));
        Assert.DoesNotContain("throughput", names);
        Assert.Contains("availability", names);
        Assert.Null(RunMeasures.Of(history, new()).Timeline);
        Assert.Empty(LatencyCurve.Of(history));
    }

    [Fact]
    public void Throughput_is_answers_a_second()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 101; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail, latencyNs: 0);
        // 51 answers from 10 ms to 1010 ms.
        Assert.Equal(51, Find(Of(history.Build()), "throughput").Value, 0.001);
    }

    [Fact]
    public void Traffic_is_told_per_operation_and_only_when_it_was_counted()
    {
        var history = new PartitionedHistory().Ask("n1", Outcome.Ok).Ask("n1", Outcome.Ok).Build();
        var counted = Of(history, new Traffic(Messages: 9, Bytes: 1000));
        Assert.Equal(4.5, Find(counted, "messages-per-operation").Value);
        Assert.Equal(500, Find(counted, "bytes-per-operation").Value);
        Assert.DoesNotContain(Of(history), one => one.Unit == "bytes");
    }

    [Fact]
    public void Stale_reads_are_counted_in_share_time_and_versions()
    {
        var history = History.Parse("""
            0 invoke write 1
            0 ok write 1
            0 invoke write 2
            0 ok write 2
            1 invoke read
            1 ok read 1
            1 invoke read
            1 ok read 2
            """);

        var measurements = Of(history);

        Assert.Equal((0.5, 2), Share(measurements, "stale-reads"));
        Assert.Equal(1, Find(measurements, "staleness-versions-max").Value);
        // The second write was complete at line 4, the stale read began at line 5; a line is a millisecond.
        Assert.Equal(1, Find(measurements, "staleness-max").Value, 0.001);
    }

    [Fact]
    public void An_empty_history_measures_nothing_but_its_emptiness() =>
        Assert.Equal(
            ("operations", 0.0, 0L),
            Assert.Single(Of(new HistoryBuilder().Build()).Select(one => (one.Id, one.Value, one.Samples))));

    [Fact]
    public void What_was_due_and_never_sent_counts_as_unanswered()
    {
        var measurements = Of(new PartitionedHistory()
            .Ask("n1", Outcome.Ok).NeverSent("n1").NeverSent("n1").Ask("n1", Outcome.Ok).Heal().Build());
        Assert.Equal((0.5, 4), Share(measurements, "availability"));
        Assert.Equal((2, 4), Share(measurements, "requests-never-sent"));
    }

    [Fact]
    public void An_answer_after_the_limit_is_answered_ever_and_not_within_it()
    {
        var history = new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Ask("n1", Outcome.Ok, latencyNs: 200_000_001).Heal().Build();
        var measurements = RunMeasures.Of(
            history, new() { Limit = TimeSpan.FromMilliseconds(200) }).Measurements;
        Assert.Equal((0.5, 2), Share(measurements, "availability"));
        Assert.Equal((1, 2), Share(measurements, "availability-ever"));
        Assert.Equal("Answered within 200 ms", Find(measurements, "availability").Words);
    }

    [Fact]
    public void A_request_is_of_the_side_on_which_it_was_due_and_not_where_it_was_sent()
    {
        // Due while cut off, given up after the mend.
        var measurements = Of(new PartitionedHistory()
            .Cut().Ask("n1", Outcome.Ok).NeverSent("n3", givenUpNs: 9_000_000_000).Mend()
            .Ask("n3", Outcome.Ok).Heal().Build());
        Assert.Equal((0, 1), Share(measurements, "availability-minority"));
    }

    [Fact]
    public void Operations_after_the_load_are_no_requests()
    {
        var measures = RunMeasures.Of(
            new PartitionedHistory().Ask("n1", Outcome.Ok).Heal().Ask("n1", Outcome.Fail).Build(), new());
        Assert.Equal(1, measures.Availability.All.Due);
        Assert.Equal(1, measures.Curves[0].Histogram.Count);
    }

    [Fact]
    public void The_life_of_a_session_is_neither_request_nor_latency()
    {
        var measurements = Of(new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Session("n1", 5_000_000_000).Heal().Build());
        Assert.Equal(1, Find(measurements, "requests-due").Value);
        Assert.Equal(1, Find(measurements, "latency-max").Value, 0.01);
        Assert.Equal(1, Find(measurements, "sessions").Value);
    }

    [Fact]
    public void Throughput_is_over_the_load_and_not_over_the_quiet_time()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 100; i++)
            history.Ask("n1", Outcome.Ok);
        // The load ends at 1.005 s; what follows are final reads.
        history.Heal();
        for (var i = 0; i < 900; i++)
            history.Ask("n1", Outcome.Ok);
        Assert.Equal(100 / 1.005, Find(Of(history.Build()), "throughput").Value, 0.001);
    }

    [Fact]
    public void Every_id_stands_once_and_says_which_way_is_better()
    {
        var measurements = Of(new PartitionedHistory()
            .Ask("n1", Outcome.Ok).Cut().Ask("n1", Outcome.Ok).NeverSent("n3").Mend().Ask("n1", Outcome.Ok)
            .Heal().Build());
        Assert.Equal(measurements.Count, measurements.Select(one => one.Id).Distinct().Count());
        Assert.Equal(Direction.MoreIsBetter, Find(measurements, "availability").Direction);
        Assert.Equal(Direction.LessIsBetter, Find(measurements, "latency-p99").Direction);
        Assert.Equal(Direction.Neither, Find(measurements, "requests-due").Direction);
    }

    [Fact]
    public void A_design_adds_what_it_measures_of_its_own()
    {
        var measures = RunMeasures.Of(
            new PartitionedHistory().Ask("n1", Outcome.Ok).Build(), new() { Own = [new Refused()] });
        Assert.Equal("Requests that were refused", measures.Find("refused")?.Words);
    }

    sealed class Refused : IMeasure
    {
        public IEnumerable<Measurement> Of(History history)
        {
            yield return new(
                "refused", history.Operations.Count(one => one.Outcome == Outcome.Fail), "requests",
                Direction.LessIsBetter, history.Count)
            {
                Words = "Requests that were refused",
            };
        }
    }

    static IReadOnlyList<Measurement> Of(History history, Traffic? traffic = null) =>
        RunMeasures.Of(history, new() { Traffic = traffic }).Measurements;

    static (double, long) Share(IReadOnlyList<Measurement> measurements, string id) =>
        (Find(measurements, id).Value, Find(measurements, id).Samples);

    static Measurement Find(IReadOnlyList<Measurement> measurements, string id) =>
        Assert.Single(measurements, one => one.Id == id);
}
