using Steelyard.Analysis.Policies.Retries;
using Steelyard.Analysis.Tests.Laws;

namespace Steelyard.Analysis.Tests.Policies.Retries;

/// <summary>Clients that contend for a row, against runs of the published simulator.</summary>
public class ContentionTests
{
    public static TheoryData<string, string> Published
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in TruthRows.Of("backoff"))
                rows.Add(row["clients"], row["strategy"]);
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void Calls_and_time_are_the_published_ones_within_three_errors(string clients, string strategy)
    {
        var row = TruthRows.Of("backoff").Single(row =>
            row["clients"] == clients && row["strategy"] == strategy);
        var figures = Of(int.Parse(clients), strategy).Repeat(
            int.Parse(row["runs"]), new Random(7).NextDouble);
        Assert.InRange(ErrorsBetween(
            figures.WriteCalls.Value, figures.WriteCalls.StandardError, row["mean_write_calls"].Number(),
            row["se_calls"].Number()), 0, 3);
        Assert.InRange(ErrorsBetween(
            figures.TimeMs.Value, figures.TimeMs.StandardError, row["mean_time_ms"].Number(),
            row["se_time"].Number()), 0, 3);
    }

    [Fact]
    public void Another_rule_for_the_first_wait_would_be_seen()
    {
        var row = TruthRows.Of("backoff").Single(row =>
            row["clients"] == "100" && row["strategy"] == "decorrelated jitter");
        var halved = Of(100, "decorrelated jitter") with { BaseMs = Contention.PublishedBaseMs / 2 };
        var figures = halved.Repeat(40, new Random(7).NextDouble);
        Assert.True(ErrorsBetween(
            figures.WriteCalls.Value, figures.WriteCalls.StandardError, row["mean_write_calls"].Number(),
            row["se_calls"].Number()) > 3);
    }

    [Fact]
    public void One_client_writes_once_in_four_messages()
    {
        var figures = Of(1, "exponential").Repeat(2_000, new Random(1).NextDouble);
        Assert.Equal((1, 0), (figures.WriteCalls.Value, figures.WriteCalls.StandardError));
        Assert.Equal(40, figures.TimeMs.Value, 0.5);
    }

    [Fact]
    public void Without_spread_all_clients_fail_but_one_each_round()
    {
        var run = (Of(5, "exponential") with { DeviationMs = 0 }).Run(() => 0.5);
        Assert.Equal(5 + 4 + 3 + 2 + 1, run.WriteCalls);
        // Five rounds of four messages, and the waits before the last four of them.
        Assert.Equal((5 * 40) + 10 + 20 + 40 + 80, run.TimeMs, 1e-6);
    }

    static Contention Of(int clients, string strategy) =>
        new(clients, Backoff.Named(strategy.Split(' ')[0]));

    static double ErrorsBetween(double found, double foundError, double expected, double expectedError) =>
        Math.Abs(found - expected) / Math.Sqrt((foundError * foundError) + (expectedError * expectedError));
}
