namespace Steelyard.Simulation.Networks;

/// <summary>Some of the directed links, told by the nodes at their ends.</summary>
internal interface ILinkSet
{
    /// <summary>Whether the link from one node to another is among them.</summary>
    bool Covers(int fromNode, int toNode);
}

/// <summary>The links between different groups; who is in no group (0) keeps all links.</summary>
internal sealed class LinksBetweenGroups(int[] groupOf) : ILinkSet
{
    /// <inheritdoc/>
    public bool Covers(int fromNode, int toNode)
    {
        var (from, to) = (groupOf[fromNode], groupOf[toNode]);
        return from != to && from != 0 && to != 0;
    }
}

/// <summary>The links from some nodes to some; null is all nodes.</summary>
internal sealed class LinksFromTo(bool[]? from, bool[]? to) : ILinkSet
{
    /// <inheritdoc/>
    public bool Covers(int fromNode, int toNode) =>
        (from is null || from[fromNode]) && (to is null || to[toNode]);
}
