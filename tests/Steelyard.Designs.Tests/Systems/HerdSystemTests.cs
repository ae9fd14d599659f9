namespace Steelyard.Designs.Tests.Systems;

public sealed class HerdSystemTests
{
    const double Ttl = 20;
    const double PerSecond = 1_000;
    const int Keys = 200;

    static readonly TimeSpan s_short = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("coalesce")]
    [InlineData("leases")]
    public void The_database_outlives_a_flush_where_one_at_a_time_looks_a_key_up(string protect) =>
        Assert.Equal("", MeasuredRun.Of("herd", $"protect {protect}").Broken);

    [Theory]
    [InlineData("none")]
    [InlineData("stale")]
    public void It_does_not_come_back_where_everybody_does(string protect) =>
        Assert.Equal("recovers-from-push; availability", MeasuredRun.Of("herd", $"protect {protect}").Broken);

    [Theory]
    [InlineData("coalesce")]
    [InlineData("leases")]
    public void Single_flight_is_one_load_of_each_key(string protect) =>
        Assert.Equal(Keys, Loads(MeasuredRun.Of("herd", $"protect {protect} ttl 1000h", s_short)));

    [Fact]
    public void A_lease_keeps_out_what_was_written_over_while_it_was_looked_up()
    {
        const string written = "writes 100 kick none";
        var coalesced = MeasuredRun.Of("herd", $"{written} protect coalesce");
        var leased = MeasuredRun.Of("herd", $"{written} protect leases");

        Assert.Equal("staleness-max", coalesced.Broken);
        Assert.Equal("", leased.Broken);
        Assert.True(leased["staleness-max"] < 10, $"{leased["staleness-max"]} ms");
    }

    [Fact]
    public void Without_it_there_are_many() =>
        Assert.True(Loads(MeasuredRun.Of("herd", "protect none ttl 1000h", s_short)) > 10 * Keys);

    [Fact]
    public void Without_its_cache_the_database_is_asked_as_often_as_the_inverse_of_the_misses_says()
    {
        var usual = MeasuredRun.Of("herd", "kick none");
        var without = MeasuredRun.Of("herd", "kick refuse kick-part cache db-workers 100");

        // A key that is asked for r times a second is looked up once in T and the wait for the next one.
        var misses = Rates().Sum(rate => rate / (1 + (rate * Ttl)));
        AssertNear(misses * 30, Loads(usual));
        AssertNear(PerSecond * 5, LoadsBetween(without, 10, 15));
        var (law, seen) = (PerSecond / misses, LoadsBetween(without, 10, 15) / 5 / (Loads(usual) / 30.0));
        Assert.InRange(law, 100, 110);
        Assert.InRange(seen / law, 0.75, 1.3);
    }

    [Fact]
    public void Who_is_given_what_is_too_old_does_not_wait_for_what_is_new()
    {
        Assert.True(MeasuredRun.Of("herd", "protect stale kick none", s_short)["latency-p99"] < 10);
        Assert.True(MeasuredRun.Of("herd", "protect none kick none", s_short)["latency-p99"] > 15);
    }

    static long Loads(MeasuredRun run) => run.Account.MetersOf("db").Sum(meter => meter.Came);

    // What is due at random is within four standard deviations, and a window at each end.
    static void AssertNear(double expected, double seen) =>
        Assert.InRange(Math.Abs(seen - expected), 0, (4 * Math.Sqrt(expected)) + (expected * 0.07));

    static double LoadsBetween(MeasuredRun run, double from, double until)
    {
        var meter = run.Account.MetersOf("db")[0];
        var seconds = meter.WindowNs / 1e9;
        return meter.Windows.Index().Where(window =>
            window.Index * seconds >= from && (window.Index + 1) * seconds <= until)
            .Average(window => window.Item.Came) / seconds * (until - from);
    }

    static IEnumerable<double> Rates()
    {
        var weights = Enumerable.Range(1, Keys).Select(rank => 1.0 / rank).ToList();
        return weights.Select(weight => PerSecond * weight / weights.Sum());
    }
}
