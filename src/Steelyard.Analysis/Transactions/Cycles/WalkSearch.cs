namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>Shortest walks by breadth-first search over (node, state).</summary>
internal sealed class WalkSearch
{
    const int MostStates = 4;

    readonly DependencyGraph _graph;
    readonly int[] _stamp;
    readonly int[] _cameBy;
    readonly int[] _cameFrom;
    readonly int[] _queue;
    int _round;

    public WalkSearch(DependencyGraph graph)
    {
        _graph = graph;
        _stamp = new int[MostStates * graph.NodeCount];
        _cameBy = new int[MostStates * graph.NodeCount];
        _cameFrom = new int[MostStates * graph.NodeCount];
        _queue = new int[MostStates * graph.NodeCount];
    }

    /// <summary>The edges of a shortest cycle that begins with an edge and follows a rule, or null.</summary>
    /// <param name="tail">Where the edge starts.</param>
    /// <param name="edge">The edge.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="within">Nodes outside the tail's component there are not visited.</param>
    public List<int>? Cycle(int tail, int edge, WalkRule rule, StrongComponents within)
    {
        _round++;
        var count = 0;
        Visit(_graph.To[edge], rule.Start, edge, -1, ref count);
        for (var at = 0; at < count; at++)
        {
            var (node, state) = (_queue[at] / MostStates, _queue[at] % MostStates);
            if (node == tail && rule.Accepts(state))
                return Walk(_queue[at]);
            // A walk that came back too early is a lesser cycle; only one that came by an anti-dependency may
            // go on.
            if (node == tail && (state & 1) == 0)
                continue;

            for (var next = _graph.First[node]; next < _graph.First[node + 1]; next++)
                if (within.Together(tail, _graph.To[next])
                    && rule.Next(state, _graph.Kinds[next]) is >= 0 and var after)
                    Visit(_graph.To[next], after, next, _queue[at], ref count);
        }

        return null;
    }

    void Visit(int node, int state, int edge, int from, ref int count)
    {
        var place = (node * MostStates) + state;
        if (_stamp[place] == _round)
            return;
        _stamp[place] = _round;
        _cameBy[place] = edge;
        _cameFrom[place] = from;
        _queue[count++] = place;
    }

    List<int> Walk(int place)
    {
        var walk = new List<int>();
        for (; place >= 0; place = _cameFrom[place])
            walk.Add(_cameBy[place]);
        walk.Reverse();
        return walk;
    }
}
