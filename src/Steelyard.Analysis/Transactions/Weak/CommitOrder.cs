namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Whether sessions, reads and the edges of an axiom fit into one order of commits. Each transaction leads to
/// those before it, so that reads need no list of their own. O(transactions + edges), without recursion.
/// </summary>
internal sealed class CommitOrder
{
    readonly WeakView _view;
    readonly int[] _firstEdge;
    readonly int[] _edges;
    readonly int[] _order;
    readonly int[] _next;
    readonly int[] _path;
    int _done;
    bool _isCyclic;

    CommitOrder(WeakView view, CommitEdges? edges)
    {
        _view = view;
        _firstEdge = edges is null ? [] : new int[view.Count + 2];
        _edges = edges is null ? [] : Sorted(edges);
        _order = new int[view.Count];
        _next = new int[view.Count];
        _path = new int[view.Count];
    }

    /// <summary>All transactions, those before first; null when there is no such order.</summary>
    public static int[]? Of(WeakView view, CommitEdges? edges = null)
    {
        var order = new CommitOrder(view, edges);
        // Nothing comes before the first state.
        if (edges is not null && order._firstEdge[view.Initial + 1] > order._firstEdge[view.Initial])
            return null;
        for (var transaction = 0; transaction < view.Count && !order._isCyclic; transaction++)
            if (order._next[transaction] == 0)
                order.Explore(transaction);
        return order._isCyclic ? null : order._order;
    }

    int[] Sorted(CommitEdges edges)
    {
        for (var i = 0; i < edges.Count; i++)
            _firstEdge[edges.To[i] + 1]++;
        for (var node = 0; node <= _view.Count; node++)
            _firstEdge[node + 1] += _firstEdge[node];
        var sorted = new int[edges.Count];
        var next = _firstEdge.AsSpan(0, _view.Count + 1).ToArray();
        for (var i = 0; i < edges.Count; i++)
            sorted[next[edges.To[i]]++] = edges.From[i];
        return sorted;
    }

    // The next edge of a node is one more than those tried; its complement once the node is done.
    void Explore(int root)
    {
        var depth = 0;
        _path[0] = root;
        _next[root] = 1;
        while (depth >= 0)
        {
            var node = _path[depth];
            var before = Before(node, _next[node]++ - 1);
            if (before == -1)
            {
                _next[node] = -1;
                _order[_done++] = node;
                depth--;
            }
            else if (before >= 0 && _next[before] > 0)
            {
                _isCyclic = true;
                return;
            }
            else if (before >= 0 && _next[before] == 0)
            {
                _next[before] = 1;
                _path[++depth] = before;
            }
        }
    }

    // -1 after the last; -2 where there is none of that number.
    int Before(int node, int number)
    {
        if (number == 0)
            return _view.Previous[node] >= 0 ? _view.Previous[node] : -2;
        var read = _view.FirstRead[node] + number - 1;
        if (read < _view.FirstRead[node + 1])
            return _view.ReadFrom[read] == _view.Initial ? -2 : _view.ReadFrom[read];
        if (_edges.Length == 0)
            return -1;
        var edge = _firstEdge[node] + read - _view.FirstRead[node + 1];
        return edge < _firstEdge[node + 1] ? _edges[edge] : -1;
    }
}
