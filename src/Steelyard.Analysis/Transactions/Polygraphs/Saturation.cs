using System.Numerics;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// Decides the pairs of which one side would close a cycle, again and again until no more follows (Tan et al.
/// 2020, section 3.4; Huang et al. 2023, section 4.2: pruning).
/// </summary>
/// <remarks>Reachability is a matrix of bits where the graph has at most <see cref="MatrixNodes"/> nodes (8
/// MB). Larger graphs are walked between two places of the order at hand, at most <see cref="MostVisits"/>
/// nodes a pair: what that misses, the search decides.</remarks>
internal sealed class Saturation(
    OrderedGraph graph, Polygraph polygraph, AcyclicOrder order, SearchLimits limits)
{
    /// <summary>The most nodes for which all of reachability is held.</summary>
    public const int MatrixNodes = 8192;

    const int MostVisits = 32;

    readonly bool[] _isFixed = new bool[polygraph.Pairs.Count];

    /// <summary>Runs to the end; false when both sides of some pair close a cycle.</summary>
    /// <param name="fix">Takes each pair decided.</param>
    /// <param name="involved">Where the nodes of a contradiction are marked.</param>
    public bool Run(Action<int, bool> fix, bool[] involved)
    {
        var (any, isSmall) = (true, graph.Graph.NodeCount <= MatrixNodes);
        while (any && order.Steps < limits.Steps / 2)
        {
            any = false;
            var reach = isSmall ? Matrix() : null;
            for (var pair = 0; pair < _isFixed.Length; pair++)
            {
                if (_isFixed[pair])
                    continue;
                if (Closes(pair, false, reach))
                    any |= _isFixed[pair] = true;
                else if (!Closes(pair, true, reach))
                    continue;
                var isReversed = _isFixed[pair];
                any |= _isFixed[pair] = true;
                if (!Add(pair, isReversed, involved))
                    return false;
                fix(pair, isReversed);
            }

            // A second round of walks finds little that the search does not.
            any &= isSmall;
        }

        return true;
    }

    bool Add(int pair, bool isReversed, bool[] involved)
    {
        for (var which = 0; which < graph.EdgesPerSide; which++)
        {
            var (from, to) = graph.EdgeOf(polygraph.Pairs[pair], isReversed, which);
            if (order.TryAdd(from, to, (2 * pair) + (isReversed ? 1 : 0)))
                continue;
            foreach (var node in order.CycleNodes)
                involved[graph.NodeOf(node)] = true;
            return false;
        }

        return true;
    }

    bool Closes(int pair, bool isReversed, ulong[][]? reach)
    {
        for (var which = 0; which < graph.EdgesPerSide; which++)
        {
            var (from, to) = graph.EdgeOf(polygraph.Pairs[pair], isReversed, which);
            if (reach is null ? order.Reaches(to, from, MostVisits) == true : Has(reach[to], from))
                return true;
        }

        return false;
    }

    static bool Has(ulong[] row, int node) => (row[node >> 6] >> node & 1) != 0;

    // Last in the order first: what a node reaches is what those it leads to reach.
    ulong[][] Matrix()
    {
        var nodes = graph.Graph.NodeCount;
        var inOrder = new int[nodes];
        for (var node = 0; node < nodes; node++)
            inOrder[order.Position(node)] = node;
        var reach = new ulong[nodes][];
        for (var place = nodes - 1; place >= 0; place--)
        {
            var node = inOrder[place];
            var row = reach[node] = new ulong[(nodes + 63) >> 6];
            row[node >> 6] |= 1UL << node;
            foreach (var next in order.After(node))
                Join(row, reach[next]);
        }

        return reach;
    }

    static void Join(ulong[] row, ulong[] other)
    {
        for (var i = 0; i < row.Length; i += Vector<ulong>.Count)
            if (i + Vector<ulong>.Count <= row.Length)
                (new Vector<ulong>(row, i) | new Vector<ulong>(other, i)).CopyTo(row, i);
            else
                for (var rest = i; rest < row.Length; rest++)
                    row[rest] |= other[rest];
    }
}
