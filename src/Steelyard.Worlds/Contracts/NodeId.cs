namespace Steelyard.Worlds.Contracts;

/// <summary>
/// An address. Each outstanding call of a node or client has an address of its own (like an ephemeral port),
/// so a reply sent to where a request came from reaches exactly that call, and a late one reaches nobody.
/// </summary>
/// <param name="Index">The node's or client's place in the world, 0-based; servers first, then
/// clients.</param>
/// <param name="Call">0 for the node itself, else the call that waits there.</param>
public readonly record struct NodeId(int Index, int Call = 0) : IComparable<NodeId>
{
    /// <summary>The node itself, without the call.</summary>
    public NodeId Node => new(Index);

    /// <summary>By index, then by call.</summary>
    public int CompareTo(NodeId other) =>
        Index != other.Index ? Index.CompareTo(other.Index) : Call.CompareTo(other.Call);

    /// <summary>As <c>#3</c>; names are the topology's.</summary>
    public override string ToString() => Call == 0 ? $"#{Index}" : $"#{Index}/{Call}";
}
