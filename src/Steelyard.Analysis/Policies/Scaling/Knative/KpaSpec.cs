namespace Steelyard.Analysis.Policies.Scaling.Knative;

/// <summary>What an autoscaler of Knative is told of a revision (knative/serving, pkg/autoscaler/scaling,
/// <c>DeciderSpec</c>).</summary>
public sealed record KpaSpec
{
    /// <summary>What a pod should have of the metric; above 0.</summary>
    public required double TargetValue { get; init; }

    /// <summary>What a pod can have of it at most; the target is a share of that, 70 % when nothing is
    /// said.</summary>
    public double TotalValue { get; init; }

    /// <summary>How much must be left for a burst; 0 for none, below 0 for without end.</summary>
    public double TargetBurstCapacity { get; init; }

    /// <summary>How many times the pods that are ready must be wanted for panic; 2 when nothing is
    /// said.</summary>
    public double PanicThreshold { get; init; } = 2;

    /// <summary>How many times as many pods there may be after a look; above 1.</summary>
    public double MaxScaleUpRate { get; init; } = 1000;

    /// <summary>How many times fewer pods there may be after a look; above 1.</summary>
    public double MaxScaleDownRate { get; init; } = 2;

    /// <summary>How long the metric is looked at when there is no panic, and how long panic lasts after its
    /// last cause.</summary>
    public TimeSpan StableWindow { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long fewer pods must have been wanted before there are fewer; 0 for at once.</summary>
    public TimeSpan ScaleDownDelay { get; init; }

    /// <summary>Whether requests can come to the revision; one that is replaced goes at once.</summary>
    public bool IsReachable { get; init; } = true;

    /// <summary>How many pods there are at least when there are any; 0 and 1 mean nothing.</summary>
    public int ActivationScale { get; init; }
}

/// <summary>What an autoscaler of Knative decided.</summary>
/// <param name="Desired">How many pods.</param>
/// <param name="ExcessBurstCapacity">What is left beyond the burst to be ready for; below 0 the activator
/// stays in the way of requests.</param>
/// <param name="IsValid">False where nothing is known, and nothing is to be done.</param>
public readonly record struct KpaDecision(int Desired, int ExcessBurstCapacity, bool IsValid);
