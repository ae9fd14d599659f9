using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Inserts;

/// <summary>
/// The order that growing registers and real time put operations in. Between the sights of one value and
/// those of the next stands a node, and so it is with real time: O(sights) edges.
/// </summary>
internal sealed class MonotonicOrder
{
    readonly MonotonicSightings _sightings;
    readonly DependencyGraph _graph;

    public MonotonicOrder(MonotonicSightings sightings)
    {
        _sightings = sightings;
        var edges = new EdgeList(sightings.Operations.Count);
        for (var key = 0; key < sightings.Registers.Count; key++)
            AddGrowth(edges, sightings.Registers[key].Sightings, key);
        AddRealTime(edges);
        _graph = DependencyGraph.Of(edges, sightings.Operations.Count);
    }

    /// <summary>One short cycle of each component in which at least two registers take part; what one
    /// register alone contradicts is told by its steps back.</summary>
    public IEnumerable<List<Operation>> Cycles()
    {
        var components = StrongComponents.Of(_graph, EdgeKinds.Ww | EdgeKinds.Realtime | EdgeKinds.Onward);
        var told = new HashSet<int>();
        for (var node = 0; node < _sightings.Operations.Count; node++)
        {
            if (components.SizeAround(node) == 1 || !told.Add(components.Of(node)))
                continue;
            if (ShortestCycle(node, components) is { } cycle)
                yield return cycle;
        }
    }

    static void AddGrowth(EdgeList edges, IReadOnlyList<Sighting> sightings, int key)
    {
        var gate = -1;
        for (var i = 0; i < sightings.Count;)
        {
            var end = i;
            var next = edges.AddNode();
            for (; end < sightings.Count && sightings[end].CompareTo(sightings[i]) == 0; end++)
            {
                if (gate >= 0)
                    edges.Add(gate, sightings[end].Number, EdgeKinds.Onward, key);
                edges.Add(sightings[end].Number, next, EdgeKinds.Ww, key);
            }

            (i, gate) = (end, next);
        }
    }

    void AddRealTime(EdgeList edges)
    {
        var operations = _sightings.Operations;
        var ended = Enumerable.Range(0, operations.Count).OrderBy(o => operations[o].CompletedAt).ToList();
        var (barrier, next) = (-1, 0);
        for (var i = 0; i < operations.Count; i++)
        {
            var begun = operations[i].InvokedAt;
            for (; next < ended.Count && operations[ended[next]].CompletedAt < begun; next++)
            {
                var after = edges.AddNode();
                edges.Add(ended[next], after, EdgeKinds.Realtime);
                if (barrier >= 0)
                    edges.Add(barrier, after, EdgeKinds.Onward);
                barrier = after;
            }

            if (barrier >= 0)
                edges.Add(barrier, i, EdgeKinds.Onward);
        }
    }

    List<Operation>? ShortestCycle(int start, StrongComponents components)
    {
        var (cycle, keys) = (new List<Operation>(), new HashSet<int>());
        foreach (var (node, edge) in CycleThrough.Node(_graph, start, components))
        {
            if (node < _sightings.Operations.Count)
                cycle.Add(_sightings.Operations[node]);
            if (_graph.Keys[edge] >= 0)
                keys.Add(_graph.Keys[edge]);
        }

        return keys.Count > 1 ? cycle : null;
    }
}
