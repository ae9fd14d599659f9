using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// Searches an order of a queue whose values repeat, pair by pair: the n-th to be added is the n-th to be
/// taken. A wrong choice among concurrent adds shows at once in the takes of the same values; a search in
/// order of time would meet those only when the queue has emptied so far.
/// </summary>
/// <remarks>
/// Each pair takes effect as early as its operations and the pairs before it allow. Takes that found nothing
/// need a moment between a take and the next add; whatever is added after it moves behind that moment. What
/// is left over is added last. Only operations that returned are judged.
/// </remarks>
internal sealed class QueuePairs
{
    readonly Item[] _adds;
    readonly Item[] _takes;
    readonly Item[] _empties;
    readonly List<Node> _nodes = [new(default, -1, -1, -1)];
    readonly HashSet<Standing> _seen = [];
    readonly Stack<int> _open = new([0]);
    readonly List<Node> _next = [];
    bool _isOutOfReach;

    QueuePairs(List<Item> adds, List<Item> takes, List<Item> empties) =>
        (_adds, _takes, _empties) = ([.. adds], [.. takes], [.. empties]);

    /// <summary>Arranges the operations of a queue; null where one of them never returned, or looks at the
    /// queue without taking.</summary>
    public static QueuePairs? Of(CollectionModel model, History history, List<int> part)
    {
        var (adds, takes, empties) = (new List<Item>(), new List<Item>(), new List<Item>());
        var numbers = new Dictionary<Value, int>();
        foreach (var index in part)
        {
            var operation = history[index];
            var isAdd = model.Adds(operation);
            if (model.Order != TakeOrder.Oldest || operation.Outcome != Outcome.Ok
                || (!isAdd && !model.Takes(operation)))
                return null;
            var value = isAdd ? operation.Input : operation.Output;
            numbers.TryAdd(value, numbers.Count);
            var isEmpty = !isAdd && CollectionModel.MeansEmpty(value);
            if (isAdd && CollectionModel.MeansEmpty(value))
                return null;
            (isAdd ? adds : isEmpty ? empties : takes).Add(
                new(index, operation.InvokedAt, operation.CompletedAt, numbers[value]));
        }

        return new(adds, takes, empties);
    }

    /// <summary>An order that explains all, by history indices; null with <see cref="SearchEnd.None"/> where
    /// there is none.</summary>
    public int[]? Search(long limit, out SearchEnd end)
    {
        while (_open.TryPop(out var at))
        {
            var standing = _nodes[at].Standing;
            if (standing.Takes.First == _takes.Length && standing.Empties.First == _empties.Length)
            {
                end = SearchEnd.Found;
                return Order(at);
            }

            Expand(at, standing);
            if (_nodes.Count > limit || _isOutOfReach)
            {
                end = SearchEnd.LimitReached;
                return null;
            }
        }

        end = SearchEnd.None;
        return null;
    }

    // The likeliest is looked at next: of what must be soon, the soonest.
    void Expand(int at, Standing standing)
    {
        _next.Clear();
        var (add, take) = (standing.Adds.FirstReturn(_adds), standing.Takes.FirstReturn(_takes));
        var empty = standing.Empties.FirstReturn(_empties);
        if (empty <= standing.Taken)
            return;
        if (!TryMoment(at, standing, Math.Min(Math.Min(add, take), empty)))
            AddPairs(at, standing, add, take);
        foreach (var node in _next)
            if (_seen.Add(node.Standing))
            {
                _open.Push(_nodes.Count);
                _nodes.Add(node);
            }
    }

    void AddPairs(int at, Standing standing, int addsUntil, int takesUntil)
    {
        for (var a = standing.Adds.First; a < _adds.Length && _adds[a].From < addsUntil; a++)
        {
            if (!IsCandidate(_adds, standing.Adds, a, standing.Added, addsUntil))
                continue;
            var added = Math.Max(standing.Added, _adds[a].From);
            var since = Math.Max(standing.Taken, added);
            for (var t = standing.Takes.First; t < _takes.Length && _takes[t].From < takesUntil; t++)
                if (_takes[t].Value == _adds[a].Value && since < takesUntil
                    && IsCandidate(_takes, standing.Takes, t, since, takesUntil))
                    _next.Add(new(
                        new(standing.Adds.With(a), standing.Takes.With(t), standing.Empties, added,
                            Math.Max(since, _takes[t].From)),
                        at, a, t));
        }

        _next.Sort((one, other) => (_takes[other.Take].To, _adds[other.Add].To)
            .CompareTo((_takes[one.Take].To, _adds[one.Add].To)));
    }

    // One for which no other of its value can stand in: that begins no later than counts, and returns first.
    bool IsCandidate(Item[] items, OpenItems open, int one, int since, int until)
    {
        _isOutOfReach |= one - open.First >= OpenItems.Reach;
        if (_isOutOfReach || open.Has(one))
            return false;
        var from = Math.Max(since, items[one].From);
        for (var i = open.First; i < items.Length && items[i].From < until; i++)
            if (i != one && !open.Has(i) && items[i].Value == items[one].Value
                && (items[i].To, i).CompareTo((items[one].To, one)) < 0 && items[i].From <= from)
                return false;
        return true;
    }

    // A moment in which nothing is there does no harm: whatever has no place yet returns later, and may as
    // well happen behind it.
    bool TryMoment(int at, Standing standing, int until)
    {
        var one = standing.Empties.First;
        if (one == _empties.Length)
            return false;
        var moment = Math.Max(standing.Taken, _empties[one].From);
        if (moment >= until)
            return false;
        _next.Add(new(Passed(standing, moment), at, -1, -1));
        return true;
    }

    // All that were looking then found nothing.
    Standing Passed(Standing standing, int moment)
    {
        var empties = standing.Empties;
        for (var i = empties.First; i < _empties.Length && _empties[i].From <= moment; i++)
            empties = empties.With(i);
        return standing with { Empties = empties, Added = moment, Taken = moment };
    }

    int[] Order(int at)
    {
        var placed = new List<(int Time, int Step, int Kind, int Operation)>();
        var path = new List<int>();
        for (var node = at; node > 0; node = _nodes[node].Parent)
            path.Add(node);
        path.Reverse();
        for (var step = 0; step < path.Count; step++)
        {
            var (standing, parent, add, take) = _nodes[path[step]];
            if (add >= 0)
            {
                placed.Add((standing.Added, step, 0, _adds[add].Operation));
                placed.Add((standing.Taken, step, 1, _takes[take].Operation));
                continue;
            }

            for (var i = 0; i < _empties.Length; i++)
                if (standing.Empties.Has(i) && !_nodes[parent].Standing.Empties.Has(i))
                    placed.Add((standing.Taken, step, 0, _empties[i].Operation));
        }

        var last = _nodes[at].Standing;
        for (var i = last.Adds.First; i < _adds.Length; i++)
            if (!last.Adds.Has(i))
                placed.Add((Math.Max(last.Added, _adds[i].From), path.Count + i, 0, _adds[i].Operation));
        placed.Sort();
        return [.. placed.Select(one => one.Operation)];
    }

    // What has a place, and when the last add and the last take took effect.
    readonly record struct Standing(OpenItems Adds, OpenItems Takes, OpenItems Empties, int Added, int Taken);

    // A step behind another: a pair, or a moment in which nothing was there.
    readonly record struct Node(Standing Standing, int Parent, int Add, int Take);
}
