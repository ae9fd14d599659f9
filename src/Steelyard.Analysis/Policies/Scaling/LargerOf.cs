namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>A policy with another beside it: the larger count is taken.</summary>
internal static class LargerOf
{
    /// <summary>The policy beside one, as its <c>with</c> names it; null for none.</summary>
    public static IScalingPolicy? Beside(ScalingArguments given, ScalingSettings settings) =>
        given.Text("with") is var name && name == "-" ? null : ScalingPolicies.Create(name, settings);

    /// <summary>The larger of both decisions.</summary>
    public static ScalingDecision Decide(
        ScalingDecision own, IScalingPolicy? beside, in ScalingObservation observation)
    {
        if (beside is null)
            return own;
        var other = beside.Decide(observation);
        return other.Replicas > own.Replicas ? other : own;
    }
}
