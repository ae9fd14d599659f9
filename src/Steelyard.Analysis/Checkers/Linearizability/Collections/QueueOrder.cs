using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// First in, first out, without a search (Lee &amp; Mathur 2025; the patterns are those of
/// Henzinger, Sezgin &amp; Vafeiadis 2013): take away, again and again, a value that can be both enqueued and
/// dequeued before all others that are left.
/// </summary>
/// <remarks>
/// A queue has an order unless a dequeue of nothing finds it never empty, or one value is enqueued before
/// another and dequeued after it. A dequeue of nothing is a value whose two operations share one free cell.
/// Longer cycles need not be looked for: both relations are orders of intervals, and in a cycle of alternate
/// steps a &lt; b (enqueued), b &lt; c (dequeued), c &lt; d (enqueued) either a &lt; d or c &lt; b holds, so
/// that it can be cut short until two values are left.
/// </remarks>
internal sealed class QueueOrder
{
    readonly CollectionOperations _operations;
    readonly History _history;
    readonly int _values;
    readonly int[] _addFrom;
    readonly int[] _addTo;
    readonly int[] _takeFrom;
    readonly int[] _takeTo;

    QueueOrder(CollectionOperations operations, History history)
    {
        (_operations, _history, _values) = (operations, history, operations.Values.Count);
        var items = _values + operations.Empties.Count;
        (_addFrom, _addTo) = (new int[items], new int[items]);
        (_takeFrom, _takeTo) = (new int[items], new int[items]);
        // Doubled, so that a cell has a place between two events.
        for (var i = 0; i < _values; i++)
        {
            (_addFrom[i], _addTo[i]) = (operations.AddFrom[i] * 2, operations.AddTo[i] * 2);
            (_takeFrom[i], _takeTo[i]) = (operations.TakeFrom[i] * 2, operations.TakeTo[i] * 2);
        }
    }

    int Items => _addFrom.Length;

    /// <summary>An order of the operations, or why there is none.</summary>
    public static Ruling Of(CollectionOperations operations, History history)
    {
        var queue = new QueueOrder(operations, history);
        var covered = CoveredCells.Of(operations);
        for (var i = 0; i < operations.Empties.Count; i++)
        {
            var (operation, from, to) = operations.Empties[i];
            var cell = covered.FirstUncovered(from);
            if (cell >= to)
                return EmptyFound.Never(operations, history, operation, from, to);
            queue.Place(queue._values + i, (cell * 2) + 1);
        }

        var order = new int[queue.Items];
        return queue.Sort(order) is { } clash ? clash : new(queue.Linearization(order), null);
    }

    void Place(int item, int at) =>
        (_addFrom[item], _addTo[item], _takeFrom[item], _takeTo[item]) = (at, at, at, at);

    // Kahn's order over two relations at once: an item is free in one of them when nothing left ends before
    // it begins there.
    Ruling? Sort(int[] order)
    {
        var adds = new Front(_addFrom, _addTo, (_operations.Cells * 2) + 2);
        var takes = new Front(_takeFrom, _takeTo, (_operations.Cells * 2) + 2);
        var free = new byte[Items];
        var ready = 0;
        for (var done = 0; done < order.Length; done++)
        {
            for (var item = adds.NextFree(); item >= 0; item = adds.NextFree())
                if (++free[item] == 2)
                    order[ready++] = item;
            for (var item = takes.NextFree(); item >= 0; item = takes.NextFree())
                if (++free[item] == 2)
                    order[ready++] = item;
            if (ready == done)
                return Overtaken(adds.FirstToEnd, takes.FirstToEnd);
            adds.Remove(order[done]);
            takes.Remove(order[done]);
        }

        return null;
    }

    Ruling Overtaken(int first, int second)
    {
        var take = _operations.Take[first];
        var late = take < 0 ? "was never dequeued"
            : _history[take].Outcome == Outcome.Ok ? "was dequeued later"
            : "cannot have been dequeued before";
        var overtaker = Witness.Shortened(_history[_operations.Take[second]].ToString());
        return Ruling.No(
            $"{overtaker}, but {_operations.Values[first]} was enqueued earlier and {late}",
            CollectionOperations.None, first, second);
    }

    // In that order every enqueue happens as soon as it and those before it have begun; so does every
    // dequeue.
    int[] Linearization(int[] order)
    {
        var linearization = new List<int>(Items * 2);
        var (added, taken) = (0, 0);
        var (addAt, takeAt) = (0, 0);
        while (added < order.Length || (taken < order.Length && IsTaken(order[taken])))
        {
            var nextAdd = added < order.Length ? Math.Max(addAt, _addFrom[order[added]]) : int.MaxValue;
            var nextTake = taken < added && IsTaken(order[taken])
                ? Math.Max(takeAt, _takeFrom[order[taken]]) : int.MaxValue;
            var isTake = taken < added && nextTake <= nextAdd && nextTake != int.MaxValue;
            if (isTake)
                (takeAt, _) = (nextTake, Emit(linearization, order[taken++], isTake: true));
            else
                (addAt, _) = (nextAdd, Emit(linearization, order[added++], isTake: false));
        }

        return [.. linearization];
    }

    bool IsTaken(int item) => item >= _values || _operations.Take[item] >= 0;

    bool Emit(List<int> linearization, int item, bool isTake)
    {
        if (item < _values)
            linearization.Add(isTake ? _operations.Take[item] : _operations.Add[item]);
        else if (!isTake)
            linearization.Add(_operations.Empties[item - _values].Operation);
        return isTake;
    }

    /// <summary>One relation: which items nothing that is left must precede.</summary>
    sealed class Front(int[] from, int[] to, int bound)
    {
        readonly int[] _byFrom = Counting.Order(from, bound);
        readonly int[] _byTo = Counting.Order(to, bound);
        readonly bool[] _removed = new bool[from.Length];
        int _nextFrom;
        int _nextTo;

        /// <summary>The item left that ends first.</summary>
        public int FirstToEnd => _byTo[_nextTo];

        /// <summary>One more item that is free now, or -1; at least one must be left.</summary>
        public int NextFree() =>
            _nextFrom < _byFrom.Length && from[_byFrom[_nextFrom]] <= to[FirstToEnd]
                ? _byFrom[_nextFrom++] : -1;

        /// <summary>Takes an item away.</summary>
        public void Remove(int item)
        {
            _removed[item] = true;
            while (_nextTo < _byTo.Length && _removed[_byTo[_nextTo]])
                _nextTo++;
        }
    }
}
