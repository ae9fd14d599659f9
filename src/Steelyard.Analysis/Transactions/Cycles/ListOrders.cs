using Steelyard.Analysis.Transactions.Weak;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>
/// The version order of every list: the longest list read, each element once (Kingsbury and Alvaro 2020,
/// section 4.3); every shorter one must be its beginning.
/// </summary>
internal sealed class ListOrders
{
    readonly TransactionColumns _columns;
    readonly int[] _longest;
    readonly int[][] _orders;
    readonly int[] _positions;

    ListOrders(TransactionColumns columns)
    {
        _columns = columns;
        _longest = new int[columns.KeyCount];
        _orders = new int[columns.KeyCount][];
        _positions = new int[columns.VersionCount];
        Array.Fill(_longest, -1);
        Array.Fill(_positions, -1);
    }

    public static ListOrders Of(TransactionColumns columns)
    {
        var orders = new ListOrders(columns);
        orders.FindLongest();
        for (var key = 0; key < columns.KeyCount; key++)
            orders._orders[key] = orders.OrderOf(key);
        return orders;
    }

    /// <summary>The versions of a key in order, as far as anyone read them.</summary>
    public ReadOnlySpan<int> Order(int key) => _orders[key];

    /// <summary>The place of a version in its key's order, or -1 when the longest read lacks it.</summary>
    public int Position(int version) => _positions[version];

    /// <summary>The step that read the longest list of a key, or -1.</summary>
    public int LongestRead(int key) => _longest[key];

    /// <summary>True when the list a step read is a beginning of the longest one.</summary>
    public bool IsPrefix(int step)
    {
        var longest = _columns.ListRead(_longest[_columns.StepKeys[step]]);
        var read = _columns.ListRead(step);
        return longest[..read.Length].SequenceEqual(read);
    }

    /// <summary>What the lists tell of the order of commits: each append came after the one before in the
    /// list, and those that nobody read after all that were.</summary>
    public CommitEdges CommitEdges()
    {
        var edges = new CommitEdges();
        for (var key = 0; key < _columns.KeyCount; key++)
            for (var at = 1; at < _orders[key].Length; at++)
                AddEdge(edges, _orders[key][at - 1], _columns.Writers[_orders[key][at]], key);
        for (var transaction = 0; transaction < _columns.Count; transaction++)
            for (var step = _columns.FirstSteps[transaction]; step < _columns.StepsEnd(transaction); step++)
                if (_columns.Kinds[step] == StepKind.Write && _positions[_columns.StepVersions[step]] < 0
                    && _orders[_columns.StepKeys[step]] is [.., var last])
                    AddEdge(edges, last, transaction, _columns.StepKeys[step]);
        return edges;
    }

    void AddEdge(CommitEdges edges, int version, int later, int key)
    {
        var earlier = _columns.Writers[version];
        if (earlier >= 0 && later >= 0 && earlier != later
            && _columns.Counts(earlier) && _columns.Counts(later))
            edges.Add(earlier, later, ~key);
    }

    void FindLongest()
    {
        for (var step = 0; step < _columns.Kinds.Count; step++)
        {
            if (_columns.Kinds[step] != StepKind.Read)
                continue;
            ref var longest = ref _longest[_columns.StepKeys[step]];
            if (longest < 0 || _columns.StepLengths[step] > _columns.StepLengths[longest])
                longest = step;
        }
    }

    int[] OrderOf(int key)
    {
        if (_longest[key] < 0)
            return [];
        var order = new List<int>();
        foreach (var version in _columns.ListRead(_longest[key]))
        {
            if (_positions[version] >= 0)
                continue;
            _positions[version] = order.Count;
            order.Add(version);
        }

        return [.. order];
    }
}
