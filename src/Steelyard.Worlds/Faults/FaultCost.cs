namespace Steelyard.Worlds.Faults;

/// <summary>What a fault takes of something that adds up, and for how long.</summary>
/// <param name="Of">Of what.</param>
/// <param name="Nodes">On which nodes; for links their senders, and none is everybody.</param>
/// <param name="Amount">How much, on each.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">To when; the largest time is for good.</param>
public sealed record FaultCost(
    FaultResource Of, IReadOnlyList<string> Nodes, double Amount, TimeSpan From, TimeSpan Until)
{
    /// <summary>For links their receivers; none is everybody.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
}
