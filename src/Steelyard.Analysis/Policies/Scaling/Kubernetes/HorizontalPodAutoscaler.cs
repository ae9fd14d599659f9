namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>What an autoscaler decided.</summary>
/// <param name="Replicas">How many replicas.</param>
/// <param name="Condition">Why, as the condition <c>ScalingLimited</c> names it: <c>DesiredWithinRange</c>,
/// <c>TooManyReplicas</c>, <c>TooFewReplicas</c>, <c>ScaleUpLimit</c>, <c>ScaleDownLimit</c>; or
/// <c>ScalingDisabled</c>, <c>FailedGetMetrics</c>.</param>
/// <param name="Stabilization"><c>ReadyForNewScale</c>, <c>ScaleUpStabilized</c> or
/// <c>ScaleDownStabilized</c>.</param>
public readonly record struct HpaDecision(int Replicas, string Condition, string Stabilization);

/// <summary>
/// The horizontal pod autoscaler of Kubernetes from what its metrics propose to how many replicas there
/// shall be (kubernetes/kubernetes, pkg/controller/podautoscaler/horizontal.go, autoscaling/v2). It
/// remembers its recommendations and changes.
/// </summary>
/// <param name="minimum">The fewest replicas, at least 0.</param>
/// <param name="maximum">The most replicas, at least the fewest.</param>
/// <param name="behavior">How fast it may change; null for none at all: twice as many or 4, and 5 minutes of
/// recommendations downwards, as before there was a behavior.</param>
public sealed class HorizontalPodAutoscaler(int minimum, int maximum, HpaBehavior? behavior)
{
    const int LeastUpLimit = 4;
    const int UpFactor = 2;
    const string WithinRange = "DesiredWithinRange";
    const string TooFew = "TooFewReplicas";
    const string TooMany = "TooManyReplicas";

    readonly HpaHistory _history = new();

    /// <summary>Remembers a recommendation that was made before.</summary>
    /// <param name="at">When.</param>
    /// <param name="replicas">How many replicas.</param>
    public void Recommended(TimeSpan at, int replicas) => _history.Recommendations.Add(at, replicas);

    /// <summary>Remembers a change that was made before.</summary>
    /// <param name="at">When.</param>
    /// <param name="change">How many replicas more, or fewer where it is below 0.</param>
    public void Changed(TimeSpan at, int change) =>
        (change > 0 ? _history.Ups : _history.Downs).Add(at, Math.Abs(change));

    /// <summary>Decides once, and remembers it.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="proposals">What each metric asks for.</param>
    public HpaDecision Reconcile(TimeSpan now, int current, IReadOnlyList<HpaProposal> proposals)
    {
        if (_history.Recommendations.All.Count == 0)
            _history.Recommendations.Add(now, current);
        if (current == 0 && minimum != 0)
            return new(0, "ScalingDisabled", "");
        var decision = current > maximum ? new(maximum, TooMany, "")
            : current < minimum ? new(minimum, TooFew, "")
            : Combined(current, proposals) is { } desired ? Normalized(now, current, desired)
            : new HpaDecision(current, "FailedGetMetrics", "");
        if (decision.Replicas != current)
            Remember(now, decision.Replicas - current);
        return decision;
    }

    /// <summary>The largest of what metrics ask for; null where they all failed, or one failed and the
    /// others ask for fewer replicas.</summary>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="proposals">What each metric asks for.</param>
    public static int? Combined(int current, IReadOnlyList<HpaProposal> proposals)
    {
        var valid = proposals.Where(one => one.Error is null).ToList();
        if (valid.Count == 0)
            return null;
        var desired = valid.Max(one => one.Replicas);
        return valid.Count < proposals.Count && desired < current ? null : desired;
    }

    /// <summary>Holds a wish back by what was recommended before.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="desired">What the metrics ask for; it is remembered.</param>
    public int Stabilized(TimeSpan now, int current, int desired)
    {
        var upWindow = behavior?.Up.Window ?? TimeSpan.Zero;
        var downWindow = behavior?.Down.Window ?? HpaRules.UsualDown.Window;
        var (least, most) = (desired, desired);
        foreach (var (at, count) in _history.Recommendations.All)
        {
            if (at > now - upWindow)
                least = Math.Min(least, count);
            if (at > now - downWindow)
                most = Math.Max(most, count);
        }

        var oldest = now - (upWindow > downWindow ? upWindow : downWindow);
        _history.Recommendations.Forget(oldest);
        _history.Recommendations.Add(now, desired);
        return behavior is null ? most : Math.Min(Math.Max(current, least), most);
    }

    /// <summary>Holds a wish within how fast it may change, and within the fewest and the most.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="desired">What is wished for.</param>
    /// <returns>How many replicas, and the name of what held it.</returns>
    public (int Replicas, string Condition) Limited(TimeSpan now, int current, int desired)
    {
        if (behavior is null)
            return LimitedWithoutBehavior(current, desired);
        if (desired > current)
        {
            var limit = Math.Max(current, behavior.Up.UpLimit(current, _history, now));
            var most = Math.Min(maximum, limit);
            if (desired > most)
                return (most, maximum > limit ? "ScaleUpLimit" : TooMany);
        }
        else if (desired < current)
        {
            var limit = Math.Min(current, behavior.Down.DownLimit(current, _history, now));
            var least = Math.Max(minimum, limit);
            if (desired < least)
                return (least, minimum < limit ? "ScaleDownLimit" : TooFew);
        }

        return (desired, WithinRange);
    }

    (int Replicas, string Condition) LimitedWithoutBehavior(int current, int desired)
    {
        var limit = Math.Max(UpFactor * current, LeastUpLimit);
        var most = Math.Min(maximum, limit);
        return desired < minimum ? (minimum, TooFew)
            : desired > most ? (most, maximum > limit ? "ScaleUpLimit" : TooMany)
            : (desired, WithinRange);
    }

    HpaDecision Normalized(TimeSpan now, int current, int desired)
    {
        var stable = Stabilized(now, current, desired);
        var (replicas, condition) = Limited(now, current, stable);
        return new(replicas, condition, stable == desired ? "ReadyForNewScale"
            : desired >= current ? "ScaleUpStabilized" : "ScaleDownStabilized");
    }

    // Rules of either direction look at changes of both.
    void Remember(TimeSpan now, int change)
    {
        if (behavior is null)
            return;
        var longest = behavior.Up.LongestPeriod > behavior.Down.LongestPeriod
            ? behavior.Up.LongestPeriod
            : behavior.Down.LongestPeriod;
        _history.Ups.Forget(now - longest);
        _history.Downs.Forget(now - longest);
        Changed(now, change);
    }
}
