namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// The strongly connected components of a graph, O(nodes + edges), without recursion (Tarjan 1972).
/// Components are numbered so that edges between them lead from higher numbers to lower ones.
/// </summary>
internal sealed class StrongComponents
{
    readonly DependencyGraph _graph;
    readonly EdgeKinds _kinds;
    readonly int[] _component;
    readonly int[] _low;
    readonly int[] _next;
    readonly GrowingColumn<int> _sizes = new();
    readonly int[] _open;
    readonly int[] _path;
    int _openCount;
    int _seen;

    StrongComponents(DependencyGraph graph, EdgeKinds kinds)
    {
        _graph = graph;
        _kinds = kinds;
        _component = new int[graph.NodeCount];
        _low = new int[graph.NodeCount];
        _next = new int[graph.NodeCount];
        _open = new int[graph.NodeCount];
        _path = new int[graph.NodeCount];
    }

    /// <summary>True when some component has several nodes.</summary>
    public bool AnyCycle { get; private set; }

    /// <summary>The components by edges of some kinds; edges onward always count.</summary>
    public static StrongComponents Of(DependencyGraph graph, EdgeKinds kinds)
    {
        var components = new StrongComponents(graph, kinds | EdgeKinds.Onward);
        Array.Fill(components._component, -1);
        for (var node = 0; node < graph.NodeCount; node++)
            if (components._low[node] == 0)
                components.Explore(node);
        return components;
    }

    public int Of(int node) => _component[node];

    public bool Together(int one, int other) => _component[one] == _component[other];

    public int SizeAround(int node) => _sizes[_component[node]];

    void Explore(int root)
    {
        var depth = 0;
        Enter(root, depth++);
        while (depth > 0)
        {
            var node = _path[depth - 1];
            var child = Advance(node);
            if (child >= 0)
            {
                Enter(child, depth++);
                continue;
            }

            depth--;
            Leave(node, depth == 0 ? -1 : _path[depth - 1]);
        }
    }

    void Enter(int node, int depth)
    {
        _path[depth] = node;
        _open[_openCount++] = node;
        _low[node] = ++_seen;
        _next[node] = _graph.First[node];
        _component[node] = -1 - _seen;
    }

    // The next node not seen so far, or -1 when all edges are done.
    int Advance(int node)
    {
        var (to, kinds) = (_graph.To, _graph.Kinds);
        var end = _graph.First[node + 1];
        for (ref var at = ref _next[node]; at < end;)
        {
            var edge = at++;
            if ((kinds[edge] & _kinds) == EdgeKinds.None)
                continue;
            var target = to[edge];
            if (_low[target] == 0)
                return target;
            if (_component[target] < 0)
                _low[node] = Math.Min(_low[node], -1 - _component[target]);
        }

        return -1;
    }

    void Leave(int node, int parent)
    {
        if (parent >= 0)
            _low[parent] = Math.Min(_low[parent], _low[node]);
        if (_low[node] != -1 - _component[node])
            return;
        var size = 0;
        int member;
        do
        {
            member = _open[--_openCount];
            _component[member] = _sizes.Count;
            size++;
        }
        while (member != node);
        _sizes.Add(size);
        AnyCycle |= size > 1;
    }
}
