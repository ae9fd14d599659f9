using System.Collections;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Endpoints;

/// <summary>All nodes but one: a view, since ten thousand lists of ten thousand peers would be a hundred
/// million.</summary>
internal sealed class PeerList(NodeId[] nodes, int self) : IReadOnlyList<NodeId>
{
    /// <inheritdoc/>
    public int Count => nodes.Length - 1;

    /// <inheritdoc/>
    public NodeId this[int index] => nodes[index < self ? index : index + 1];

    /// <inheritdoc/>
    public IEnumerator<NodeId> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
