using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>The nodes that a plan may name.</summary>
internal sealed class PlanNodes(IReadOnlyList<NodeSpec> nodes)
{
    const int MostNamed = 12;

    readonly HashSet<string> _names = [.. nodes.Select(node => node.Name)];

    /// <summary>Whether there is one of a name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <inheritdoc/>
    public override string ToString() => nodes.Count <= MostNamed
        ? string.Join(", ", nodes.Select(node => node.Name))
        : $"{nodes[0].Name} … {nodes[^1].Name}";
}
