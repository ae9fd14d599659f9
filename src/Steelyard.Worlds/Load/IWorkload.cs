using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>Yields invocations. Made afresh for every run; may keep counters, so that written values are
/// distinct.</summary>
public interface IWorkload
{
    /// <summary>The next operation of a client, at its due time.</summary>
    Invocation Next(in Turn turn);

    /// <summary>What each client reads, one after the other, once everything is healed and settled.</summary>
    IEnumerable<Invocation> FinalReads(Turn turn);
}

/// <summary>A client's turn to invoke.</summary>
/// <param name="Client">Which client, 0-based.</param>
/// <param name="Home">The node it stands beside.</param>
/// <param name="Nodes">All servers.</param>
/// <param name="Random">The workload's stream.</param>
public readonly record struct Turn(
    int Client, NodeId Home, IReadOnlyList<NodeId> Nodes, SeededRandom Random);
