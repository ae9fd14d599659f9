namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>Always the same count of instances.</summary>
internal sealed class FixedPolicy(int replicas) : IScalingPolicy
{
    public static ScalingPolicyKind Kind { get; } = new(
        "fixed", "Always the same count of instances", "no scaling at all: what others are compared with",
        [new("replicas", "how many; the most there may be when not given", "most")])
    {
        Make = static (settings, given) => new FixedPolicy(given.Text("replicas") == "most"
            ? settings.Maximum
            : given.Whole("replicas", 0)),
    };

    public TimeSpan Period => TimeSpan.FromMinutes(1);

    public ScalingDecision Decide(in ScalingObservation observation) => new(replicas, "Fixed");
}
