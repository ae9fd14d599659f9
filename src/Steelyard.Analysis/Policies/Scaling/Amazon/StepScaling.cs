namespace Steelyard.Analysis.Policies.Scaling.Amazon;

/// <summary>How a number changes a capacity.</summary>
public enum AdjustmentKind
{
    /// <summary>So many more, or fewer where it is below 0.</summary>
    Change,

    /// <summary>So many.</summary>
    Exact,

    /// <summary>So many percent more, or fewer where it is below 0.</summary>
    Percent,
}

/// <summary>A change of capacity (Amazon EC2 Auto Scaling user guide, "Scaling adjustment types").</summary>
/// <param name="Kind">How the number is meant.</param>
/// <param name="Value">The number.</param>
public readonly record struct Adjustment(AdjustmentKind Kind, double Value)
{
    /// <summary>The capacity after it. Percentages are rounded towards 0, but never to nothing: 12.7 is 12,
    /// 0.67 is 1, -0.58 is -1 and -6.67 is -6.</summary>
    /// <param name="capacity">The capacity before.</param>
    /// <param name="leastMagnitude">What a percentage changes at least, either way; 0 for nothing.</param>
    public int Applied(int capacity, int leastMagnitude = 0)
    {
        if (Kind == AdjustmentKind.Exact)
            return (int)Value;
        var change = Kind == AdjustmentKind.Change ? Value : Rounded(capacity * Value / 100);
        if (Kind == AdjustmentKind.Percent && change != 0 && Math.Abs(change) < leastMagnitude)
            change = Math.Sign(change) * leastMagnitude;
        return (int)Math.Clamp(capacity + change, 0, int.MaxValue);
    }

    static double Rounded(double change) => change is > -1 and < 1 && change != 0
        ? Math.Sign(change)
        : Math.Truncate(change);
}

/// <summary>A step: from this value of the metric on, this adjustment.</summary>
/// <param name="From">The metric itself, not its distance from a threshold. Upwards the step begins with it;
/// downwards it ends with it, and what is lower belongs to it.</param>
/// <param name="Adjustment">The adjustment.</param>
public readonly record struct ScalingStep(double From, Adjustment Adjustment);

/// <summary>
/// Step scaling (Amazon EC2 Auto Scaling user guide, "Step and simple scaling policies"): the further a
/// metric is beyond its alarm, the larger the step. While instances warm up they count for nothing in what a
/// step is taken of, so that one breach is not answered twice, and nothing is taken away.
/// </summary>
/// <param name="outward">Steps upwards, in any order.</param>
/// <param name="inward">Steps downwards, in any order.</param>
/// <param name="leastMagnitude">What a percentage changes at least.</param>
/// <param name="warmUp">How long an instance counts as new.</param>
public sealed class StepScaling(
    IReadOnlyList<ScalingStep> outward, IReadOnlyList<ScalingStep> inward, int leastMagnitude,
    TimeSpan warmUp)
{
    readonly List<(TimeSpan At, int Count)> _warming = [];

    /// <summary>The step upwards for a metric; null where there is none.</summary>
    public Adjustment? Outward(double metric) => outward.Any(step => step.From <= metric)
        ? outward.Where(step => step.From <= metric).MaxBy(step => step.From).Adjustment
        : null;

    /// <summary>The step downwards for a metric; null where there is none.</summary>
    public Adjustment? Inward(double metric) => inward.Any(step => step.From >= metric)
        ? inward.Where(step => step.From >= metric).MinBy(step => step.From).Adjustment
        : null;

    /// <summary>Remembers that instances were added.</summary>
    /// <param name="at">When.</param>
    /// <param name="count">How many.</param>
    public void IsWarming(TimeSpan at, int count) => _warming.Add((at, count));

    /// <summary>Answers a metric whose alarm is on.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="capacity">Instances that were asked for.</param>
    /// <param name="metric">The metric.</param>
    /// <returns>How many instances there should be.</returns>
    public int Decide(TimeSpan now, int capacity, double metric)
    {
        _warming.RemoveAll(one => one.At + warmUp <= now);
        var warm = Math.Max(0, capacity - _warming.Sum(one => one.Count));
        if (Outward(metric) is { } more)
        {
            var wanted = Math.Max(capacity, more.Applied(warm, leastMagnitude));
            if (wanted > capacity)
                IsWarming(now, wanted - capacity);
            return wanted;
        }

        return Inward(metric) is { } fewer && _warming.Count == 0
            ? Math.Min(capacity, fewer.Applied(capacity, leastMagnitude))
            : capacity;
    }
}
