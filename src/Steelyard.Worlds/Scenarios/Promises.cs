using Steelyard.Histories;

namespace Steelyard.Worlds;

/// <summary>What a design promises: what must hold, and the faults under which it says so.</summary>
public sealed record Promises
{
    /// <summary>What must hold; all Valid is exit code 0.</summary>
    public IReadOnlyList<IChecker> Expectations { get; init; } = [];

    /// <summary>What it says it stands.</summary>
    public FaultTolerance Tolerance { get; init; } = new();
}
