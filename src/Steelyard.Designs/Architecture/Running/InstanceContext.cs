using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance of a part has to do with.</summary>
/// <param name="World">All it may touch.</param>
/// <param name="Graph">The architecture it is part of.</param>
/// <param name="Part">The part it is an instance of.</param>
/// <param name="Instance">Which, from 0 on.</param>
/// <param name="Directory">Which nodes are whose instances.</param>
/// <param name="Account">What is counted of the run.</param>
/// <param name="Kept">What outlives a crash of it.</param>
internal sealed record InstanceContext(
    INodeWorld World, ArchitectureGraph Graph, Part Part, int Instance, InstanceDirectory Directory,
    ArchitectureAccount Account, DurableState Kept)
{
    /// <summary>What is counted of it.</summary>
    public InstanceMeter Meter { get; } = Account.MeterOf(Part.Name, Instance);

    /// <summary>Tells all instances of the parts that call its part.</summary>
    public void TellCallers(Message news)
    {
        foreach (var caller in Graph.CallersOf(Part))
            foreach (var node in Directory.Of(caller.Name))
                World.Send(node, news);
    }
}

/// <summary>What an instance keeps where a crash does not reach it; each kind of part keeps its
/// own.</summary>
internal sealed class DurableState
{
    object? _state;

    /// <summary>What is kept, made when there is nothing yet.</summary>
    public T Of<T>()
        where T : class, new() => (T)(_state ??= new T());
}

/// <summary>Which nodes are the instances of which part: nodes stand in the order of parts.</summary>
internal sealed class InstanceDirectory
{
    readonly SortedDictionary<string, NodeId[]> _instances = new(StringComparer.Ordinal);
    readonly List<(Part Part, int Instance)> _nodes = [];

    public InstanceDirectory(ArchitectureGraph graph)
    {
        foreach (var part in graph.Parts)
        {
            _instances.Add(
                part.Name,
                [.. Enumerable.Range(_nodes.Count, part.MostInstances).Select(index => new NodeId(index))]);
            _nodes.AddRange(Enumerable.Range(0, part.MostInstances).Select(instance => (part, instance)));
        }
    }

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>The nodes of a part.</summary>
    public NodeId[] Of(string part) => _instances[part];

    /// <summary>Whose instance a node is.</summary>
    public (Part Part, int Instance) At(NodeId node) => _nodes[node.Index];

    /// <summary>The name of a node: that of its part, with a number where there are several.</summary>
    public string NameOf(int node) => NameOf(_nodes[node].Part, _nodes[node].Instance);

    /// <summary>The name of an instance's node.</summary>
    public static string NameOf(Part part, int instance) =>
        part.MostInstances == 1 ? part.Name : $"{part.Name}-{instance + 1}";
}
