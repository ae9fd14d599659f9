using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Builds the polygraph of some transactions over lists.</summary>
internal sealed class ListPolygraphBuilder
{
    readonly TransactionColumns _columns;
    readonly ListOrders _orders;
    readonly int[] _members;
    readonly int[] _nodes;
    readonly EdgeList _edges;
    readonly Polygraph _polygraph;

    // By key: who appended what nobody read; and who read all that was read.
    readonly List<int>?[] _unread;
    readonly List<int>?[] _readLast;

    // By version: the node that appended the next one in the list; -1 where none of the members did.
    readonly int[] _next;

    public ListPolygraphBuilder(TransactionColumns columns, ListOrders orders, int[] members)
    {
        (_columns, _orders, _members) = (columns, orders, members);
        _nodes = new int[columns.Count];
        Array.Fill(_nodes, -1);
        for (var node = 0; node < members.Length; node++)
            _nodes[members[node]] = node;
        _edges = new(members.Length);
        _polygraph = new() { Members = members, Edges = _edges };
        _unread = new List<int>?[columns.KeyCount];
        _readLast = new List<int>?[columns.KeyCount];
        _next = new int[columns.VersionCount];
    }

    public Polygraph Build(int mostPairs)
    {
        var first = new int[_columns.KeyCount];
        var last = new int[_columns.KeyCount];
        for (var key = 0; key < _columns.KeyCount; key++)
            (first[key], last[key]) = AddOrder(key);
        for (var node = 0; node < _members.Length; node++)
            for (var step = _columns.FirstSteps[_members[node]];
                step < _columns.StepsEnd(_members[node]); step++)
                AddStep(node, step, first);
        for (var key = 0; key < _columns.KeyCount; key++)
            if (_unread[key] is { } unread)
                AddUnread(key, unread, last[key], mostPairs);
        return _polygraph;
    }

    int NodeOf(int version) => _columns.Writers[version] is >= 0 and var writer ? _nodes[writer] : -1;

    // Backwards, so that the next one is known.
    (int First, int Last) AddOrder(int key)
    {
        var order = _orders.Order(key);
        var (next, last) = (-1, -1);
        for (var at = order.Length - 1; at >= 0; at--)
        {
            _next[order[at]] = next;
            if (NodeOf(order[at]) is not (>= 0 and var node))
                continue;
            last = last < 0 ? node : last;
            if (next >= 0)
                _edges.Add(node, next, EdgeKinds.Ww, key);
            next = node;
        }

        return (next, last);
    }

    void AddStep(int node, int step, int[] first)
    {
        var key = _columns.StepKeys[step];
        if (_columns.Kinds[step] == StepKind.Write && _orders.Position(_columns.StepVersions[step]) < 0)
            Note(_unread, key, node);
        if (_columns.Kinds[step] != StepKind.Read)
            return;
        var last = _columns.LastRead(step);
        if (last >= 0 && _orders.Position(last) < 0)
            return;
        if (last >= 0 && NodeOf(last) is >= 0 and var writer)
            _edges.Add(writer, node, EdgeKinds.Wr, key);
        var next = last < 0 ? first[key] : _next[last];
        if (next < 0)
            Note(_readLast, key, node);
        else
            _edges.Add(node, next, EdgeKinds.Rw, key);
    }

    // Nodes come one after another, so one that stands twice stands twice in a row.
    static void Note(List<int>?[] lists, int key, int node)
    {
        var list = lists[key] ??= [];
        if (list.Count == 0 || list[^1] != node)
            list.Add(node);
    }

    void AddUnread(int key, List<int> unread, int last, int mostPairs)
    {
        if (last >= 0)
            foreach (var later in unread)
                _edges.Add(last, later, EdgeKinds.Ww, key);
        if (_readLast[key] is { } readers)
            _edges.AddFan(readers, unread, key);
        _polygraph.PairCount += (long)unread.Count * (unread.Count - 1) / 2;
        if (unread.Count < 2 || _polygraph.PairCount > mostPairs)
            return;
        var chains = _polygraph.Chains.Count;
        foreach (var node in unread)
        {
            var after = _edges.AddNode();
            _edges.Add(node, after, EdgeKinds.Ww, key);
            _polygraph.Chains.Add(new(key, node, node, after));
        }

        for (var one = chains; one < _polygraph.Chains.Count; one++)
            for (var other = one + 1; other < _polygraph.Chains.Count; other++)
                _polygraph.Pairs.Add(new(one, other));
    }
}
