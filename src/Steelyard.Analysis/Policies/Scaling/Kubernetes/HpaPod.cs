namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>Where in its life a pod is.</summary>
public enum PodPhase
{
    /// <summary>Not scheduled, or its containers are not there yet.</summary>
    Pending,

    /// <summary>Its containers run.</summary>
    Running,

    /// <summary>They ended well.</summary>
    Succeeded,

    /// <summary>They ended badly.</summary>
    Failed,
}

/// <summary>What a pod's condition <c>Ready</c> says.</summary>
public enum PodReadiness
{
    /// <summary>It serves.</summary>
    Ready,

    /// <summary>It does not.</summary>
    Unready,

    /// <summary>The condition is there and unknown.</summary>
    Unknown,

    /// <summary>There is no such condition.</summary>
    Untold,
}

/// <summary>A pod as the autoscaler sees it. Times are on the clock of whoever asks.</summary>
/// <param name="Value">What was measured, in thousandths (of a core, of a request …); null where nothing
/// was.</param>
/// <param name="Request">What its containers request of the resource, in thousandths, all together; null
/// where one of them requests none. Only utilisation needs it.</param>
public sealed record HpaPod(long? Value, long? Request = null)
{
    /// <summary>Where in its life it is.</summary>
    public PodPhase Phase { get; init; } = PodPhase.Running;

    /// <summary>Whether it serves.</summary>
    public PodReadiness Readiness { get; init; } = PodReadiness.Ready;

    /// <summary>Whether it is being deleted.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>When it started; null where that is not known. Long ago when not given.</summary>
    public TimeSpan? StartedAt { get; init; } = LongAgo;

    /// <summary>When it last became ready or unready. Long ago when not given.</summary>
    public TimeSpan ReadinessChangedAt { get; init; } = LongAgo;

    /// <summary>When the value was measured. Long ago when not given.</summary>
    public TimeSpan MeasuredAt { get; init; } = LongAgo;

    /// <summary>Over how long it was measured, up to then.</summary>
    public TimeSpan MeasuredOver { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Far enough back for everything to be over.</summary>
    public static TimeSpan LongAgo { get; } = TimeSpan.FromDays(-10_000);
}
