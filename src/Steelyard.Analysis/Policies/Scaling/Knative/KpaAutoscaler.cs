namespace Steelyard.Analysis.Policies.Scaling.Knative;

/// <summary>
/// The autoscaler of Knative (knative/serving, pkg/autoscaler/scaling/autoscaler.go): pods by the mean of a
/// long window, and by that of a short one in panic, in which there are never fewer.
/// </summary>
public sealed class KpaAutoscaler
{
    // Looks are two seconds apart; the delay is counted in them.
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(2);

    readonly LargestOfTicks? _delayed;

    TimeSpan? _panicSince;
    int _mostInPanic;

    /// <param name="spec">What it is told of the revision.</param>
    /// <param name="readyPods">How many pods are ready when it begins: with several it begins in panic, for
    /// it knows nothing yet.</param>
    /// <param name="now">When it begins.</param>
    public KpaAutoscaler(KpaSpec spec, int readyPods = 1, TimeSpan now = default)
    {
        Spec = spec;
        _delayed = spec.ScaleDownDelay > TimeSpan.Zero ? new(spec.ScaleDownDelay, Tick) : null;
        _panicSince = readyPods > 1 ? now : null;
        _mostInPanic = readyPods;
    }

    /// <summary>What it is told of the revision; another from the next look on.</summary>
    public KpaSpec Spec { get; set; }

    /// <summary>Whether it is in panic.</summary>
    public bool IsPanicking => _panicSince is not null;

    /// <summary>Puts it into panic.</summary>
    /// <param name="since">Since when.</param>
    /// <param name="mostPods">The most pods since then.</param>
    public void Panic(TimeSpan since, int mostPods) => (_panicSince, _mostInPanic) = (since, mostPods);

    /// <summary>Looks once.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="readyPods">Pods that are ready.</param>
    /// <param name="stable">The metric of all pods together, mean over the stable window; null where nothing
    /// is known.</param>
    /// <param name="panic">The same over the panic window.</param>
    public KpaDecision Scale(TimeSpan now, int readyPods, double? stable, double? panic)
    {
        if (stable is not { } stableValue || panic is not { } panicValue)
            return default;
        var ready = Math.Max(1.0, readyPods);
        // Rounded so that a small rate still lets one more pod come, and one go.
        var most = Math.Ceiling(Spec.MaxScaleUpRate * ready);
        var least = Spec.IsReachable ? Math.Floor(ready / Spec.MaxScaleDownRate) : 0;
        var (forStable, forPanic) =
            (Math.Ceiling(stableValue / Spec.TargetValue), Math.Ceiling(panicValue / Spec.TargetValue));
        Watch(now, forPanic / ready >= Spec.PanicThreshold);
        var desired = Activated(forStable, Bounded(forStable, least, most));
        if (IsPanicking)
            desired = _mostInPanic = Math.Max(
                _mostInPanic, Math.Max(desired, Activated(forPanic, Bounded(forPanic, least, most))));
        if (Spec.IsReachable && _delayed is not null)
            desired = _delayed.Record(now, desired);
        return new(desired, Excess(readyPods, panicValue), IsValid: true);
    }

    void Watch(TimeSpan now, bool isOver)
    {
        if (isOver)
            _panicSince = now;
        else if (_panicSince is { } since && since + Spec.StableWindow < now)
            (_panicSince, _mostInPanic) = (null, 0);
    }

    int Activated(double wanted, int bounded) =>
        Spec.ActivationScale > 1 && wanted > 0 ? Math.Max(Spec.ActivationScale, bounded) : bounded;

    int Excess(int readyPods, double panicValue) => Spec.TargetBurstCapacity switch
    {
        0 => 0,
        > 0 => (int)Math.Floor((readyPods * Spec.TotalValue) - Spec.TargetBurstCapacity - panicValue),
        _ => -1,
    };

    static int Bounded(double wanted, double least, double most) =>
        (int)Math.Min(int.MaxValue, Math.Min(Math.Max(wanted, least), most));
}
