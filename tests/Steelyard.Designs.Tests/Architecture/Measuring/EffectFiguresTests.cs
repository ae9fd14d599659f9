using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories.Measuring;

namespace Steelyard.Designs.Tests.Architecture.Measuring;

/// <summary>Intervals of what became of effects and of cost, from one run: they hold what is known of them as
/// often as they say, and where there is none it is said why.</summary>
public sealed class EffectFiguresTests
{
    const int Seeds = 12;

    // A read of a replica is stale where the one row was written in the last 50 ms: ten writes a second, one
    // after the other at random.
    static readonly double s_staleShare = 1 - Math.Exp(-10 * 0.05);

    [Fact]
    public void Of_stale_reads_the_interval_holds_the_true_share_and_one_of_independent_reads_would_not()
    {
        var (held, independent) = (0, 0);
        for (var seed = 1UL; seed <= Seeds; seed++)
        {
            var stale = Simulated.Run(Replicated(), seed).Of("stale-reads");
            held += Interval(stale).Holds(s_staleShare) ? 1 : 0;
            var count = (long)Math.Round(stale.Value * stale.Samples);
            independent += WilsonInterval.Of(count, stale.Samples).Holds(s_staleShare) ? 1 : 0;
        }

        Assert.InRange(held, Seeds - 3, Seeds);
        Assert.InRange(independent, 0, Seeds - 4);
    }

    [Fact]
    public void Of_staleness_at_p99_the_interval_lies_just_below_the_lag()
    {
        var staleness = Simulated.Run(Replicated()).Of("staleness-p99");

        Assert.InRange(staleness.Low!.Value, 40, staleness.Value);
        Assert.InRange(staleness.High!.Value, staleness.Value, 60);
    }

    [Fact]
    public void Where_no_read_is_stale_and_where_things_break_on_purpose_there_is_none_and_it_is_said_why()
    {
        var fresh = Simulated.Run(Replicated(readFrom: "primary")).Of("stale-reads");
        var pushed = Simulated.Run(Replicated() with
        {
            Push = new()
            {
                What = "load", Size = 2, At = TimeSpan.FromSeconds(5), For = TimeSpan.FromSeconds(1),
            },
        }).Of("stale-reads");

        Assert.Null(fresh.Low);
        Assert.StartsWith("no read was stale", fresh.How, StringComparison.Ordinal);
        Assert.Null(pushed.Low);
        Assert.Contains("breaks on purpose", pushed.How, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lost-effects", "comes in bunches")]
    [InlineData("double-effects", "comes in bunches")]
    [InlineData("staleness-max", "the largest of a run grows with its length")]
    public void What_can_have_no_interval_from_one_run_says_so(string id, string why)
    {
        var measured = Simulated.Run(Replicated()).Of(id);

        Assert.Null(measured.Low);
        Assert.StartsWith(why, measured.How, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_cost_that_is_paid_by_use_the_interval_holds_it_and_a_fixed_one_has_none()
    {
        // Half an erlang at two an hour.
        var held = Enumerable.Range(1, Seeds).Count(seed =>
            Interval(Simulated.Run(Paid(perWork: 2, price: 0), (ulong)seed).Of("cost")).Holds(1));
        var plain = Simulated.Run(Paid(perWork: 0, price: 3)).Of("cost");

        Assert.InRange(held, Seeds - 3, Seeds);
        Assert.Equal(3, plain.Value, 9);
        Assert.Null(plain.Low);
        Assert.StartsWith("it is what the instances cost", plain.How, StringComparison.Ordinal);
    }

    static ConfidenceInterval Interval(Measurement one) =>
        new(one.Low!.Value, one.Value, one.High!.Value, one.Samples, one.How!);

    static ArchitectureGraph Replicated(string readFrom = "replicas") => new("replicated",
    [
        new ClientsPart("writers") { Rate = 10, Reads = 0, Calls = [new("db")] },
        new ClientsPart("readers") { Rate = 300, Calls = [new("db") { ReadFrom = readFrom }] },
        new DatabasePart("db") { Replicas = 1, Lag = TakesTime.Parse("50ms"), Locks = false },
    ])
    {
        Link = TakesTime.Nothing,
        Duration = TimeSpan.FromSeconds(60),
        Settle = TimeSpan.FromSeconds(1),
    };

    static ArchitectureGraph Paid(double perWork, double price) => new("paid",
    [
        new ClientsPart("users") { Rate = 50, Calls = [new("api")] },
        new ServicePart("api")
        {
            Workers = 20, Time = TakesTime.Parse("exp 10ms"), WorkPrice = perWork, Price = price,
        },
    ])
    {
        Duration = TimeSpan.FromSeconds(60),
        Settle = TimeSpan.FromSeconds(1),
    };
}
