using Steelyard.Analysis.Measurements;
using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Measurements;

public class RunMeasurementsTests
{
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

        var measurements = RunMeasurements.Of(builder.Build());

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

        Assert.Equal(new Availability("all", 5, 2), Availability.Of(history));
        var partition = Assert.Single(FaultWindow.Of(history));
        Assert.Equal(("partition", 2_000_000, 5_000_000),
            (partition.Kind, partition.StartNs, partition.EndNs));
    }

    static History Recorded(string edn) => HistoryFile.Read(
        new MemoryStream(System.Text.Encoding.UTF8.GetBytes(edn)), "recorded.edn",
        new ReadOptions { Format = HistoryFormat.JepsenEdn }).History;

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

        var measurements = RunMeasurements.Of(history);

        Assert.Equal(
            new("availability-majority", 1, "share", 2), Find(measurements, "availability-majority"));
        Assert.Equal(
            new("availability-minority", 0.25, "share", 4), Find(measurements, "availability-minority"));
        Assert.Equal(new("availability", 5 / 8.0, "share", 8), Find(measurements, "availability"));
    }

    [Fact]
    public void Equal_halves_are_named_by_their_nodes()
    {
        var history = new PartitionedHistory()
            .Cut(["n1", "n2"], ["n3", "n4"]).Ask("n1", Outcome.Ok).Ask("n4", Outcome.Ok).Heal().Build();
        Assert.Equal(["n1 n2", "n3 n4"],
            Analysis.Measurements.Availability.OfSides(history).Select(side => side.Name));
    }

    [Fact]
    public void A_cas_whose_compare_did_not_match_was_answered_and_one_that_was_refused_was_not()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, "cas", Value.Nil, Value.List(1, 2)), Outcome.Fail, Value.Nil);
        builder.Complete(
            builder.Invoke(0, "cas", Value.Nil, Value.List(1, 2)), Outcome.Fail, Value.Nil,
                error: "no quorum");
        var all = Analysis.Measurements.Availability.Of(builder.Build());
        Assert.Equal((2L, 1L), (all.Requests, all.Answered));
    }

    [Fact]
    public void A_recording_without_times_has_no_latency_throughput_or_timeline()
    {
        var builder = new HistoryBuilder();
        builder.Complete(builder.Invoke(0, "write", Value.Nil, 1), Outcome.Ok, 1);
        builder.Complete(builder.Invoke(0, "read", Value.Nil, Value.Nil), Outcome.Ok, 1);
        var history = builder.Build();

        var names = RunMeasurements.Of(history).Select(one => one.Name).ToList();

        Assert.DoesNotContain(names, name => name.StartsWith("latency", StringComparison.Ordinal));
        Assert.DoesNotContain("throughput", names);
        Assert.Contains("availability", names);
        Assert.Null(Timeline.Of(history));
        Assert.Empty(LatencyCurve.Of(history));
    }

    [Fact]
    public void Throughput_is_answers_a_second()
    {
        var history = new PartitionedHistory();
        for (var i = 0; i < 101; i++)
            history.Ask("n1", i % 2 == 0 ? Outcome.Ok : Outcome.Fail, latencyNs: 0);
        // 51 answers from 10 ms to 1010 ms.
        Assert.Equal(51, Find(RunMeasurements.Of(history.Build()), "throughput").Value, 0.001);
    }

    [Fact]
    public void Traffic_is_told_per_operation_and_only_when_it_was_counted()
    {
        var history = new PartitionedHistory().Ask("n1", Outcome.Ok).Ask("n1", Outcome.Ok).Build();
        var counted = RunMeasurements.Of(history, new Traffic(Messages: 9, Bytes: 1000));
        Assert.Equal(4.5, Find(counted, "messages-per-operation").Value);
        Assert.Equal(500, Find(counted, "bytes-per-operation").Value);
        Assert.DoesNotContain(RunMeasurements.Of(history), one => one.Unit == "bytes");
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

        var measurements = RunMeasurements.Of(history);

        Assert.Equal(new("stale-reads", 0.5, "share", 2), Find(measurements, "stale-reads"));
        Assert.Equal(1, Find(measurements, "staleness-versions-max").Value);
        // The second write was complete at line 4, the stale read began at line 5; a line is a millisecond.
        Assert.Equal(1, Find(measurements, "staleness-max").Value, 0.001);
    }

    [Fact]
    public void An_empty_history_measures_nothing_but_its_emptiness() =>
        Assert.Equal(
            new Measurement("operations", 0, "operations", 0),
                Assert.Single(RunMeasurements.Of(new HistoryBuilder().Build())));

    static Measurement Find(IReadOnlyList<Measurement> measurements, string name) =>
        Assert.Single(measurements, one => one.Name == name);
}
