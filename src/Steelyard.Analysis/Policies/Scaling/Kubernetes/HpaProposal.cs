namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>What one metric asks for.</summary>
/// <param name="Replicas">How many replicas.</param>
/// <param name="Usage">The metric as the status shows it, in thousandths: its mean over pods, or its
/// value.</param>
/// <param name="Utilisation">In percent of what was requested, rounded down; null for other metrics.</param>
/// <param name="Error">Why there is no proposal; null where there is one.</param>
public readonly record struct HpaProposal(
    int Replicas, long Usage, int? Utilisation = null, string? Error = null)
{
    internal static HpaProposal Failed(string error) => new(0, 0, null, error);
}
