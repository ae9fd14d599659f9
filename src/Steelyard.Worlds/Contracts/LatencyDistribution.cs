namespace Steelyard.Worlds.Contracts;

/// <summary>How long a message travels one way.</summary>
public abstract record LatencyDistribution
{
    /// <summary>One draw, in ns; never negative.</summary>
    public abstract long SampleNs(SeededRandom random);

    /// <summary>Nanoseconds of a span.</summary>
    protected static long Ns(TimeSpan span) => span.Ticks * 100;
}

/// <summary>Always the same.</summary>
public sealed record ConstantLatency(TimeSpan Value) : LatencyDistribution
{
    /// <inheritdoc/>
    public override long SampleNs(SeededRandom random) => Ns(Value);
}

/// <summary>Anything in [<paramref name="Low"/>, <paramref name="High"/>), each as likely.</summary>
public sealed record UniformLatency(TimeSpan Low, TimeSpan High) : LatencyDistribution
{
    /// <inheritdoc/>
    public override long SampleNs(SeededRandom random) =>
        Ns(Low) + random.NextLong(Math.Max(1, Ns(High - Low)));
}

/// <summary>A floor plus an exponential tail: light's delay plus queues.</summary>
public sealed record ExponentialLatency(TimeSpan Floor, TimeSpan MeanAbove) : LatencyDistribution
{
    /// <inheritdoc/>
    public override long SampleNs(SeededRandom random) => Ns(Floor) + (long)random.Exponential(Ns(MeanAbove));
}

/// <summary>
/// A Pareto body with an exponential tail, as PBS fits production latencies (Bailis et al. 2012, table 3):
/// with probability <paramref name="ParetoShare"/> a Pareto(<paramref name="Scale"/>, <paramref
/// name="Shape"/>), else an exponential of the given mean.
/// </summary>
public sealed record ParetoMixLatency(
    double ParetoShare, TimeSpan Scale, double Shape, TimeSpan ExponentialMean)
    : LatencyDistribution
{
    /// <inheritdoc/>
    public override long SampleNs(SeededRandom random) => random.Chance(ParetoShare)
        ? (long)Math.Min(Ns(Scale) / Math.Pow(1 - random.NextDouble(), 1 / Shape), long.MaxValue / 4.0)
        : (long)random.Exponential(Ns(ExponentialMean));
}

/// <summary>Draws from recorded samples, each as likely.</summary>
public sealed record EmpiricalLatency(IReadOnlyList<TimeSpan> Samples) : LatencyDistribution
{
    /// <inheritdoc/>
    public override long SampleNs(SeededRandom random) => Ns(random.Choose(Samples));
}
