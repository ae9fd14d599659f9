using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>The nodes that a plan may name.</summary>
internal sealed class PlanNodes(IReadOnlyList<NodeSpec> nodes)
{
    const int MostNamed = 12;

    readonly HashSet<string> _names = [.. nodes.Select(node => node.Name)];
    readonly HashSet<string> _clients = [.. nodes.Where(node => node.IsClient).Select(node => node.Name)];
    readonly List<string> _hit = [.. nodes.Where(node => !node.IsClient).Select(node => node.Name)];

    /// <summary>Whether there is one of a name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>Whether it only asks, so that nothing may hit it.</summary>
    public bool IsClient(string name) => _clients.Contains(name);

    /// <inheritdoc/>
    public override string ToString() => _hit.Count <= MostNamed
        ? string.Join(", ", _hit)
        : $"{_hit[0]} … {_hit[^1]}";
}
