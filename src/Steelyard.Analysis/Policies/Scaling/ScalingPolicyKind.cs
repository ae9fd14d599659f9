namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>A kind of policy as somebody asks for it.</summary>
/// <param name="Name">The word for it: <c>hpa</c>.</param>
/// <param name="Summary">What it does, in one line.</param>
/// <param name="Source">Where that is written.</param>
/// <param name="Parameters">What it can be told beside what every policy is told.</param>
public sealed record ScalingPolicyKind(
    string Name, string Summary, string Source, IReadOnlyList<ScalingParameter> Parameters)
{
    /// <summary>Whether it must be told something before it can decide.</summary>
    public bool MustBeTold { get; init; }

    internal Func<ScalingSettings, ScalingArguments, IScalingPolicy> Make { get; init; } =
        static (settings, _) => new FixedPolicy(settings.Initial);
}
