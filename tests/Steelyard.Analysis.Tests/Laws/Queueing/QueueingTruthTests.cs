using Steelyard.Analysis.Laws.Queueing;

namespace Steelyard.Analysis.Tests.Laws.Queueing;

/// <summary>The closed forms of queueing theory, evaluated elsewhere.</summary>
public class QueueingTruthTests
{
    const double Analytic = 1e-6;

    // Rows of other kinds, and who holds to them.
    static readonly string[] Elsewhere =
    [
        "law", "closed", "batch", "coordinated omission (HdrHistogram)", "coordinated omission (wrk2)",
        "percentile definition (HdrHistogram)", "Amdahl", "availability",
    ];

    [Fact]
    public void Every_row_of_the_table_comes_out()
    {
        foreach (var row in TruthRows.Of("queueing").Where(row => !Elsewhere.Contains(row["kind"])))
        {
            var found = Found(row) ?? throw new InvalidOperationException($"nobody finds {row["case"]}");
            Assert.True(
                Math.Abs(found - row["value"].Number()) <= Math.Max(Analytic, Printed(row["value"])),
                $"{row["kind"]} {row["case"]} {row["output"]}: {row["value"]}, found {found:G9}");
        }
    }

    // A table tells a number to half of its last digit.
    static double Printed(string number) =>
        0.51 * Math.Pow(10, number.Contains('.') ? number.IndexOf('.') + 1 - number.Length : 0);

    static double? Found(IReadOnlyDictionary<string, string> row)
    {
        var given = row["case"];
        return (row["kind"], row["output"]) switch
        {
            ("M/M/1", "mean response W") => Single(given).MeanResponseSeconds,
            ("M/M/1", "p99 response") => Single(given).ResponseQuantile(0.99),
            ("M/M/1", "mean number in system L") => Single(given).MeanNumber,
            ("M/M/c", "mean wait Wq") => Several(given).MeanWaitSeconds,
            ("M/M/c", "Erlang C (P wait)") => Several(given).WaitProbability,
            ("M/M/c/c", _) => MultiServerQueue.ErlangB((int)given.After("c="), given.After("a=")),
            ("M/G/1 (Pollaczek-Khinchine)", _) => new GeneralServiceQueue(
                given.After("rho="), 1, row["input"].After("cv2=")).MeanWaitSeconds,
            _ => null,
        };
    }

    static MultiServerQueue Single(string given) => new(1, given.After("rho="), 1);

    static MultiServerQueue Several(string given)
    {
        var servers = (int)given.After("c=");
        // The table has six digits of two thirds.
        var utilisation = given.After("rho=") is 0.666667 ? 2.0 / 3 : given.After("rho=");
        return new(servers, utilisation * servers, 1);
    }

    [Fact]
    public void The_supermarket_model_comes_out()
    {
        foreach (var row in TruthRows.Of("power-of-d"))
            Assert.Equal(
                row["mean_time_in_system"].Number(),
                new PowerOfChoices((int)row["d"].Number(), row["lambda"].Number()).MeanResponse, 1e-5);
    }

    [Fact]
    public void A_queue_with_much_room_is_one_without_limit_and_one_with_room_for_one_blocks_as_Erlang_says()
    {
        Assert.Equal(
            new MultiServerQueue(1, 0.8, 1).MeanResponseSeconds,
            new BoundedQueue(400, 0.8, 1).MeanResponseSeconds, 1e-9);
        Assert.Equal(MultiServerQueue.ErlangB(1, 3), new BoundedQueue(1, 3, 1).BlockingProbability, 1e-12);
        Assert.Equal(1, new BoundedQueue(50, 40, 0.1).Throughput * 0.1, 1e-9);
    }

    [Fact]
    public void A_closed_system_keeps_its_bounds_and_the_law_of_response_time()
    {
        foreach (var users in new[] { 1, 3, 10, 40, 200 })
            foreach (var servers in new[] { 1, 2, 5 })
            {
                var closed = new ClosedQueue(users, servers, 2, 0.5);
                Assert.InRange(closed.Throughput, 0, closed.ThroughputBound * (1 + 1e-12));
                // Little's law of the servers: what is there is what comes in times how long it stays.
                Assert.Equal(closed.MeanNumber, closed.Throughput * closed.MeanResponseSeconds, 1e-9);
            }

        // One user never waits; of very many the servers are never idle.
        Assert.Equal(0.5, new ClosedQueue(1, 1, 2, 0.5).MeanResponseSeconds, 1e-12);
        Assert.Equal(4, new ClosedQueue(500, 2, 2, 0.5).Throughput, 1e-9);
        // Two users by hand: p0 = 1/(1 + 2s/Z + 2(s/Z)^2) with s/Z = 1/4.
        Assert.Equal((1 - (1 / 1.625)) / 0.5, new ClosedQueue(2, 1, 2, 0.5).Throughput, 1e-12);
    }

    [Fact]
    public void A_queue_at_its_capacity_has_no_answer()
    {
        var full = new MultiServerQueue(2, 2, 1);

        Assert.False(full.IsStable);
        Assert.Equal(double.PositiveInfinity, full.MeanWaitSeconds);
        Assert.Equal(double.PositiveInfinity, full.ResponseQuantile(0.5));
        Assert.Equal(double.PositiveInfinity, new GeneralServiceQueue(1, 1, 0).MeanWaitSeconds);
    }

    [Fact]
    public void Responses_of_two_stages_of_equal_rate_are_those_of_their_neighbours()
    {
        // c·μ - λ = μ: both stages drain alike, and the formula for different ones has no value.
        var equal = new MultiServerQueue(2, 1, 1).ResponseExceeds(2);

        Assert.InRange(equal, new MultiServerQueue(2, 0.999, 1).ResponseExceeds(2),
            new MultiServerQueue(2, 1.001, 1).ResponseExceeds(2));
    }

    [Fact]
    public void A_hundred_parts_are_slow_when_one_is()
    {
        Assert.Equal(0.634, new FanOut(100).SlowRequests(0.01), 1e-3);
        Assert.Equal(0.99, Math.Pow(new FanOut(100).PartShare(0.99), 100), 1e-12);
    }

    [Fact]
    public void A_batch_waits_until_it_is_full()
    {
        var batch = new BatchedServer(10, 0.1, 0.01, 25);

        Assert.Equal(0.18, batch.MeanFillSeconds, 1e-12);
        Assert.Equal(0.2, batch.ServiceSeconds, 1e-12);
        Assert.Equal(0.5, batch.Utilisation, 1e-12);
    }
}
