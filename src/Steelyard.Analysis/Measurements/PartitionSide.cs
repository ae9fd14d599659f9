using System.Collections.Frozen;

namespace Steelyard.Analysis.Measurements;

/// <summary>One side of a cluster that is cut apart.</summary>
public sealed class PartitionSide
{
    // A longer list of names says less than its beginning and its length.
    const int NamesShown = 4;

    readonly FrozenSet<string> _held;

    PartitionSide(string name, IReadOnlyList<string> nodes)
    {
        Name = name;
        Nodes = nodes;
        _held = nodes.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary><c>majority</c> when it holds more than half of all nodes, <c>minority</c> when another side
    /// does; where none does, its nodes: <c>n1 n2</c>.</summary>
    public string Name { get; }

    /// <summary>Its nodes, by name.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>True when a node is on this side.</summary>
    public bool Holds(string node) => _held.Contains(node);

    /// <summary>True when both hold the same nodes.</summary>
    internal bool IsSameAs(PartitionSide other) =>
        Name == other.Name && Nodes.SequenceEqual(other.Nodes, StringComparer.Ordinal);

    internal static bool AreSame(IReadOnlyList<PartitionSide> left, IReadOnlyList<PartitionSide> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => pair.First.IsSameAs(pair.Second));

    /// <summary>The sides that some parts are: the largest first, and of equal ones that of the first
    /// node.</summary>
    internal static IReadOnlyList<PartitionSide> Of(IReadOnlyList<IReadOnlyList<string>> parts)
    {
        var all = parts.Sum(part => part.Count);
        var hasMajority = parts.Any(part => part.Count * 2 > all);
        return
        [
            .. parts.OrderByDescending(part => part.Count).Select(part => new PartitionSide(
                !hasMajority ? NameOf(part) : part.Count * 2 > all ? "majority" : "minority", part)),
        ];
    }

    static string NameOf(IReadOnlyList<string> nodes)
    {
        var shown = string.Join(' ', nodes.Take(NamesShown));
        return nodes.Count <= NamesShown ? shown : $"{shown} and {nodes.Count - NamesShown} more";
    }
}
