namespace Steelyard.Designs.Tests.Systems;

public sealed class PurchaseHistoryTests
{
    static readonly TimeSpan s_short = TimeSpan.FromSeconds(30);

    [Fact]
    public void Who_has_just_bought_reads_at_the_primary() => Assert.Equal("", Run("read-from own").Broken);

    [Fact]
    public void A_primary_that_everybody_reads_is_too_busy() =>
        Assert.Equal("latency-p99", Run("read-from primary").Broken);

    [Fact]
    public void Replicas_miss_ones_own_purchases_for_as_long_as_they_are_behind()
    {
        var run = Run("read-from replicas");
        var ledger = run.Account.Ledger;

        Assert.Equal("own-writes-missed", run.Broken);
        // Each purchase, times how often its customer looks within the second of lag; two purchases in the
        // same second, and the time that a read itself takes, make it a few percent less.
        var law = ledger.Acknowledged * (ledger.Reads / 30.0 / 1_000);
        var error = 4 * Math.Sqrt(law);
        Assert.InRange(ledger.OwnWritesMissed, (0.93 * law) - error, law + error);
    }

    [Fact]
    public void One_of_three_instances_knows_who_has_bought_so_customers_must_stay_there()
    {
        var (all, others) = (Run("read-from replicas"), Run("read-from own balance round-robin"));

        Assert.Equal("own-writes-missed", others.Broken);
        // Two of three look elsewhere.
        var missed = all["own-writes-missed"];
        var error = 4 / Math.Sqrt(missed);
        Assert.InRange(others["own-writes-missed"] / missed, 0.667 - error, 0.667 + error);
    }

    [Fact]
    public void A_while_at_the_primary_is_too_short_where_replicas_are_further_behind() =>
        Assert.Contains("own-writes-missed", Run("read-from own lag 10s").Broken, StringComparison.Ordinal);

    static MeasuredRun Run(string options) => MeasuredRun.Of("purchase-history", options, s_short);
}
