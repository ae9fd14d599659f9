using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// A topological order of a graph to which edges are added, and taken away last first; an edge that would
/// close a cycle is refused, with the cycle (Pearce and Kelly 2006, "A dynamic topological sort algorithm for
/// directed acyclic graphs").
/// </summary>
/// <remarks>The order found stays when edges go: it is one of fewer edges too. So a search that steps back
/// keeps what it learned about which transaction is best put first.</remarks>
internal sealed class AcyclicOrder
{
    readonly DependencyGraph _out;
    readonly DependencyGraph _in;
    readonly int[] _position;
    readonly int[] _firstOut;
    readonly int[] _firstIn;
    readonly int[] _stamp;
    readonly List<(int Node, int Before, int Label)> _visits = [];
    readonly List<(int Node, int Before, int Label)> _later = [];
    readonly List<int> _behind = [];
    AddedEdge[] _added = new AddedEdge[64];
    int _round;

    AcyclicOrder(DependencyGraph graph, int[] position)
    {
        _out = graph;
        _in = graph.Reversed();
        _position = position;
        _firstOut = new int[graph.NodeCount];
        _firstIn = new int[graph.NodeCount];
        _stamp = new int[graph.NodeCount];
        Array.Fill(_firstOut, -1);
        Array.Fill(_firstIn, -1);
    }

    /// <summary>How many edges were added and are there.</summary>
    public int Count { get; private set; }

    /// <summary>How many nodes were visited so far: the work done.</summary>
    public long Steps { get; private set; }

    /// <summary>The labels of the last cycle refused, but for those of the edge itself.</summary>
    public List<int> CycleLabels { get; } = [];

    /// <summary>The nodes of the last cycle refused.</summary>
    public List<int> CycleNodes { get; } = [];

    /// <summary>An order of a graph, or null when it has a cycle.</summary>
    /// <param name="graph">The edges that stay.</param>
    /// <param name="wish">Of two nodes that may come in either order, the one with the lesser number comes
    /// first.</param>
    public static AcyclicOrder? Of(DependencyGraph graph, Func<int, int> wish)
    {
        var waiting = new int[graph.NodeCount];
        foreach (var to in graph.To)
            waiting[to]++;
        var ready = new PriorityQueue<int, (int, int)>();
        for (var node = 0; node < graph.NodeCount; node++)
            if (waiting[node] == 0)
                ready.Enqueue(node, (wish(node), node));
        var (position, next) = (new int[graph.NodeCount], 0);
        while (ready.TryDequeue(out var node, out _))
        {
            position[node] = next++;
            for (var edge = graph.First[node]; edge < graph.First[node + 1]; edge++)
                if (--waiting[graph.To[edge]] == 0)
                    ready.Enqueue(graph.To[edge], (wish(graph.To[edge]), graph.To[edge]));
        }

        return next < graph.NodeCount ? null : new(graph, position);
    }

    /// <summary>The place of a node in the order.</summary>
    public int Position(int node) => _position[node];

    /// <summary>Where a node's edges lead.</summary>
    public IEnumerable<int> After(int node)
    {
        for (var edge = _out.First[node]; edge < _out.First[node + 1]; edge++)
            yield return _out.To[edge];
        for (var edge = _firstOut[node]; edge >= 0; edge = _added[edge].NextOut)
            yield return _added[edge].To;
    }

    /// <summary>Adds an edge, unless it closes a cycle.</summary>
    public bool TryAdd(int from, int to, int label)
    {
        if (_position[from] > _position[to])
        {
            if (Reaches(to, from, int.MaxValue) == true)
            {
                NoteCycle(from);
                return false;
            }

            Look(from, to);
            Reorder();
        }

        if (Count == _added.Length)
            Array.Resize(ref _added, 2 * Count);
        _added[Count] = new(from, to, label, _firstOut[from], _firstIn[to]);
        _firstOut[from] = _firstIn[to] = Count++;
        return true;
    }

    /// <summary>Takes away all edges but the first ones added.</summary>
    public void KeepFirst(int count)
    {
        while (Count > count)
        {
            ref readonly var edge = ref _added[--Count];
            _firstOut[edge.From] = edge.NextOut;
            _firstIn[edge.To] = edge.NextIn;
        }
    }

    /// <summary>
    /// Whether a walk leads from one node to another, by as few added edges as can be; null when that took
    /// too many visits to tell.
    /// </summary>
    public bool? Reaches(int from, int to, int mostVisits)
    {
        var (end, limit) = (_position[to], ++_round);
        _visits.Clear();
        _later.Clear();
        if (_position[from] > end)
            return false;
        _later.Add((from, -1, -1));
        for (var at = 0; ; at++)
        {
            if (at == _visits.Count && !NextRound())
                return false;
            if (_visits[at].Node == to)
                return true;
            if (at >= mostVisits)
                return null;
            Steps++;
            Expand(at, end, limit);
        }
    }

    // All that is reached by one more added edge.
    bool NextRound()
    {
        var any = false;
        foreach (var entry in _later)
        {
            if (_stamp[entry.Node] == _round)
                continue;
            _stamp[entry.Node] = _round;
            _visits.Add(entry);
            any = true;
        }

        _later.Clear();
        return any;
    }

    void Expand(int at, int end, int round)
    {
        var node = _visits[at].Node;
        for (var edge = _out.First[node]; edge < _out.First[node + 1]; edge++)
        {
            var next = _out.To[edge];
            if (_stamp[next] == round || _position[next] > end)
                continue;
            _stamp[next] = round;
            _visits.Add((next, at, -1));
        }

        for (var edge = _firstOut[node]; edge >= 0; edge = _added[edge].NextOut)
            if (_stamp[_added[edge].To] != round && _position[_added[edge].To] <= end)
                _later.Add((_added[edge].To, at, _added[edge].Label));
    }

    void NoteCycle(int last)
    {
        CycleLabels.Clear();
        CycleNodes.Clear();
        for (var at = _visits.FindIndex(visit => visit.Node == last); at >= 0; at = _visits[at].Before)
        {
            CycleNodes.Add(_visits[at].Node);
            if (_visits[at].Label >= 0)
                CycleLabels.Add(_visits[at].Label);
        }
    }

    // All that leads to the edge's start, from its end's place on.
    void Look(int from, int to)
    {
        _round++;
        _behind.Clear();
        _behind.Add(from);
        _stamp[from] = _round;
        for (var at = 0; at < _behind.Count; at++)
        {
            var node = _behind[at];
            Steps++;
            for (var edge = _in.First[node]; edge < _in.First[node + 1]; edge++)
                LookAt(_in.To[edge], to);
            for (var edge = _firstIn[node]; edge >= 0; edge = _added[edge].NextIn)
                LookAt(_added[edge].From, to);
        }
    }

    void LookAt(int node, int to)
    {
        if (_stamp[node] == _round || _position[node] < _position[to])
            return;
        _stamp[node] = _round;
        _behind.Add(node);
    }

    // The places of both sets, in order, go first to what must come before and then to what must come after.
    void Reorder()
    {
        var nodes = new int[_behind.Count + _visits.Count];
        _behind.Sort(ByPosition);
        _behind.CopyTo(nodes);
        for (var i = 0; i < _visits.Count; i++)
            nodes[_behind.Count + i] = _visits[i].Node;
        Array.Sort(nodes, _behind.Count, _visits.Count, Comparer<int>.Create(ByPosition));
        var places = Array.ConvertAll(nodes, node => _position[node]);
        Array.Sort(places);
        for (var i = 0; i < nodes.Length; i++)
            _position[nodes[i]] = places[i];
    }

    int ByPosition(int one, int other) => _position[one].CompareTo(_position[other]);

    readonly record struct AddedEdge(int From, int To, int Label, int NextOut, int NextIn);
}
