using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Tests.Contracts;

public sealed class LatencyDistributionTests
{
    static readonly TimeSpan Ms = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void A_constant_is_always_the_same() =>
        Assert.All(Draws(new ConstantLatency(Ms)), ns => Assert.Equal(1_000_000, ns));

    [Fact]
    public void A_uniform_stays_in_its_bounds_with_its_mean()
    {
        var draws = Draws(new UniformLatency(Ms, 3 * Ms));
        Assert.All(draws, ns => Assert.InRange(ns, 1_000_000, 3_000_000));
        Assert.InRange(draws.Average(), 1_980_000, 2_020_000);
    }

    [Fact]
    public void An_exponential_has_its_floor_and_its_mean()
    {
        var draws = Draws(new ExponentialLatency(2 * Ms, Ms));
        Assert.All(draws, ns => Assert.True(ns >= 2_000_000));
        Assert.InRange(draws.Average(), 2_950_000, 3_050_000);
    }

    [Fact]
    public void A_pareto_mix_has_the_closed_form_of_its_tail()
    {
        // P(X > x) = (scale / x)^shape for a pure Pareto: at ten times the scale and shape 2, one in a
        // hundred.
        var draws = Draws(new ParetoMixLatency(1, Ms, 2, Ms));
        Assert.InRange(draws.Count(ns => ns > 10_000_000) / (double)draws.Count, 0.008, 0.012);
    }

    [Fact]
    public void An_empirical_draws_only_its_samples()
    {
        var draws = Draws(new EmpiricalLatency([Ms, 5 * Ms]));
        Assert.Equal([1_000_000, 5_000_000], draws.Distinct().Order());
    }

    static List<long> Draws(LatencyDistribution latency)
    {
        var random = new SeededRandom(new(3), "network");
        return [.. Enumerable.Range(0, 50_000).Select(_ => latency.SampleNs(random))];
    }
}
