namespace Steelyard.Worlds.Faults;

/// <summary>The explicit list of faults of a run, in order of time.</summary>
public sealed record FaultPlan(IReadOnlyList<Fault> Faults)
{
    /// <summary>Nothing breaks.</summary>
    public static FaultPlan None { get; } = new([]);
}
