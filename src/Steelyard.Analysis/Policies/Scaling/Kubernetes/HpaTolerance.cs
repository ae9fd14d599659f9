namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>How far a metric may be from its target without anything being done.</summary>
/// <param name="Up">Above it, as a share of it; at least 0.</param>
/// <param name="Down">Below it, as a share of it; at least 0.</param>
public readonly record struct HpaTolerance(double Up, double Down)
{
    /// <summary>A tenth either way, as a cluster has it when nothing is said.</summary>
    public static HpaTolerance Usual { get; } = new(0.1, 0.1);

    internal bool Covers(double ratio) => 1.0 - Down <= ratio && ratio <= 1.0 + Up;
}
