namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>Counts with the times at which they were.</summary>
internal sealed class TimedCounts
{
    readonly List<(TimeSpan At, int Count)> _all = [];

    public IReadOnlyList<(TimeSpan At, int Count)> All => _all;

    public void Add(TimeSpan at, int count) => _all.Add((at, count));

    /// <summary>Forgets what is so old that nothing looks at it.</summary>
    public void Forget(TimeSpan before) => _all.RemoveAll(one => one.At < before);

    /// <summary>The sum of those later than a period ago.</summary>
    public int Within(TimeSpan period, TimeSpan now) =>
        _all.Where(one => one.At > now - period).Sum(one => one.Count);
}

/// <summary>What an autoscaler remembers: what was recommended, and what was changed.</summary>
internal sealed class HpaHistory
{
    public TimedCounts Recommendations { get; } = new();

    public TimedCounts Ups { get; } = new();

    public TimedCounts Downs { get; } = new();
}
