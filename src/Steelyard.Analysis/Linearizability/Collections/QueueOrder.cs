using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

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
/// that it can be cut short until two values are left. Peeks belong to the dequeue of their value: all that
/// is done to a head comes after all that is done to the one before. Then three values may wait for each
/// other.
/// </remarks>
internal sealed class QueueOrder
{
    readonly CollectionOperations _operations;
    readonly History _history;
    readonly int _values;
    readonly int[] _addFrom;
    readonly int[] _addTo;
    readonly int[] _takeFrom;
    readonly int[] _seenTo;

    QueueOrder(CollectionOperations operations, History history, int items)
    {
        (_operations, _history, _values) = (operations, history, operations.Values.Count);
        (_addFrom, _addTo) = (new int[items], new int[items]);
        (_takeFrom, _seenTo) = (new int[items], new int[items]);
        // Doubled, so that a cell has a place between two events.
        for (var i = 0; i < _values; i++)
        {
            (_addFrom[i], _addTo[i]) = (operations.AddFrom[i] * 2, operations.AddTo[i] * 2);
            (_takeFrom[i], _seenTo[i]) = (operations.TakeFrom[i] * 2, operations.SeenTo[i] * 2);
        }
    }

    int Items => _addFrom.Length;

    /// <summary>An order of the operations, or why there is none.</summary>
    public static Ruling Of(CollectionOperations operations, History history)
    {
        var queue = new QueueOrder(operations, history, operations.Values.Count + operations.Empties.Count);
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
        (_addFrom[item], _addTo[item], _takeFrom[item], _seenTo[item]) = (at, at, at, at);

    // Kahn's order over two relations at once: an item is free in one of them when nothing else that is left
    // ends before it begins there.
    Ruling? Sort(int[] order)
    {
        var adds = new Front(_addFrom, _addTo, (_operations.Cells * 2) + 2);
        var heads = new Front(_takeFrom, _seenTo, (_operations.Cells * 2) + 2);
        var free = new byte[Items];
        var ready = 0;
        for (var done = 0; done < order.Length; done++)
        {
            for (var item = adds.NextFree(); item >= 0; item = adds.NextFree())
                if (++free[item] == 2)
                    order[ready++] = item;
            for (var item = heads.NextFree(); item >= 0; item = heads.NextFree())
                if (++free[item] == 2)
                    order[ready++] = item;
            if (ready == done)
                return Overtaken(adds.FirstToEnd, heads);
            adds.Remove(order[done]);
            heads.Remove(order[done]);
        }

        return null;
    }

    // Of three items, the one whose enqueue ends first and the two whose heads do, each waits for another.
    Ruling Overtaken(int first, Front heads)
    {
        int[] waiting = [.. new[] { first, heads.FirstToEnd, heads.SecondToEnd }.Distinct()];
        // A take of nothing is in no contradiction that does not exist without it.
        if (waiting.Max() >= _values)
            return new QueueOrder(_operations, _history, _values).Sort(new int[_values])!.Value;
        var second = heads.FirstToEnd == first ? heads.SecondToEnd : heads.FirstToEnd;
        var overtaker = _operations.Take[second];
        if (_addTo[first] >= _addFrom[second] || overtaker < 0)
            return Ruling.No(
                $"no order of {EmptyFound.Names(_operations, waiting)} is first in, first out",
                CollectionOperations.None, waiting);
        var take = _operations.Take[first];
        var late = take < 0 ? "was never dequeued"
            : _history[take].Outcome == Outcome.Ok ? "was dequeued later"
            : "cannot have been dequeued before";
        return Ruling.No(
            $"{Witness.Told(_history[overtaker])}, but {_operations.Values[first]} was"
                + $" enqueued earlier and {late}",
            CollectionOperations.None, waiting);
    }

    // In that order every enqueue happens as soon as it and those before it have begun; so does all that is
    // done to a head.
    int[] Linearization(int[] order)
    {
        var heads = Heads(order);
        var linearization = new List<int>(Items + heads.Count);
        var (added, next, addAt, headAt) = (0, 0, 0, 0);
        while (added < order.Length || next < heads.Count)
        {
            var nextAdd = added < order.Length ? Math.Max(addAt, _addFrom[order[added]]) : int.MaxValue;
            if (next < heads.Count && heads[next].Place < added
                && Math.Max(headAt, heads[next].From) is var nextHead && nextHead <= nextAdd)
            {
                headAt = nextHead;
                linearization.Add(heads[next++].Operation);
                continue;
            }

            addAt = nextAdd;
            var item = order[added++];
            linearization.Add(
                item < _values ? _operations.Add[item] : _operations.Empties[item - _values].Operation);
        }

        return [.. linearization];
    }

    List<(int Operation, int Place, int From)> Heads(int[] order)
    {
        var peeks = new PeeksByValue(_operations);
        var heads = new List<(int, int, int)>(_values);
        for (var place = 0; place < order.Length; place++)
        {
            var item = order[place];
            if (item >= _values)
                continue;
            foreach (var peek in peeks.Of(item))
                heads.Add((peek.Operation, place, peek.From * 2));
            if (_operations.Take[item] >= 0)
                heads.Add((_operations.Take[item], place, _takeFrom[item]));
        }

        return heads;
    }

    /// <summary>One relation: which items nothing else that is left must precede.</summary>
    sealed class Front(int[] from, int[] to, int bound)
    {
        readonly int[] _byFrom = CountingSort.Order(from, bound);
        readonly int[] _byTo = CountingSort.Order(to, bound);
        readonly bool[] _removed = new bool[from.Length];
        readonly bool[] _free = new bool[from.Length];
        int _nextFrom;
        int _first;
        int _second = 1;

        /// <summary>The item left that ends first.</summary>
        public int FirstToEnd => _byTo[_first];

        /// <summary>The one that ends next, or the same when there is only one.</summary>
        public int SecondToEnd => _byTo[_second < _byTo.Length ? _second : _first];

        /// <summary>One more item that is free now, or -1; at least one must be left.</summary>
        public int NextFree()
        {
            while (_nextFrom < _byFrom.Length && _free[_byFrom[_nextFrom]])
                _nextFrom++;
            if (_nextFrom < _byFrom.Length && from[_byFrom[_nextFrom]] <= to[FirstToEnd])
                return Freed(_byFrom[_nextFrom]);
            // No item waits for itself.
            var isLast = _second >= _byTo.Length;
            return !_free[FirstToEnd] && (isLast || from[FirstToEnd] <= to[SecondToEnd])
                ? Freed(FirstToEnd)
                : -1;
        }

        int Freed(int item)
        {
            _free[item] = true;
            return item;
        }

        /// <summary>Takes an item away.</summary>
        public void Remove(int item)
        {
            _removed[item] = true;
            while (_first < _byTo.Length && _removed[_byTo[_first]])
                _first++;
            _second = Math.Max(_second, _first + 1);
            while (_second < _byTo.Length && _removed[_byTo[_second]])
                _second++;
        }
    }
}
