using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// Last in, first out, without a search (Lee &amp; Mathur 2025): where something must be on the
/// stack all the time, one value must lie below all others: pushed before them and popped after them. Any
/// value that can lie there may; taken away, it leaves stretches to be judged alike.
/// </summary>
/// <remarks>
/// Below all others it disturbs nothing, and with values taken away an order is still an order: so the choice
/// is never regretted. It can lie there when its push begins before the first push of the stretch ends, and
/// its pop ends after the last pop begins. Where at some instant nothing must be on the stack, every order
/// can be changed to have nothing there: pops that overlap the instant go before it, other pushes behind it.
/// A value whose push and pop overlap is pushed and popped in one instant, and a pop of nothing needs an
/// instant at which nothing must be there.
/// Where a value was peeked at, nothing may lie above it: in its stretch there is a cell that only it covers,
/// or the peek comes before or after all else.
/// </remarks>
internal sealed class StackOrder
{
    readonly CollectionOperations _operations;
    readonly History _history;
    readonly StackStretches _stretches;
    readonly PeeksByValue _peeks;
    readonly CellLine _line;
    readonly Stack<Step> _steps = [];
    int _now;

    StackOrder(CollectionOperations operations, History history)
    {
        (_operations, _history) = (operations, history);
        _peeks = new(operations);
        _stretches = new(operations, _peeks);
        _line = new(operations);
    }

    /// <summary>An order of the operations, or why there is none.</summary>
    public static Ruling Of(CollectionOperations operations, History history)
    {
        var stack = new StackOrder(operations, history);
        return stack.Plan() ?? stack.Run() ?? new Ruling(stack.Linearization(), null);
    }

    // The stretches at the bottom and the pops of nothing between them; the last step is pushed first.
    Ruling? Plan()
    {
        var covered = CoveredCells.Of(_operations);
        var plan = new List<(int Cell, Step Step)>();
        for (var i = 0; i < _operations.Empties.Count; i++)
        {
            var (operation, from, to) = _operations.Empties[i];
            var cell = covered.FirstUncovered(from);
            if (cell >= to)
                return EmptyFound.Never(_operations, _history, operation, from, to);
            plan.Add((cell, new(StepKind.PopNothing, i, 0)));
        }

        foreach (var (from, to) in _stretches.AtBottom)
            plan.Add((_stretches.CellAt(from), new(StepKind.Stretch, from, to)));
        var order = CountingSort.Order(plan.Select(p => p.Cell).ToArray(), _operations.Cells);
        for (var i = order.Length - 1; i >= 0; i--)
            _steps.Push(plan[order[i]].Step);
        return null;
    }

    Ruling? Run()
    {
        while (_steps.TryPop(out var step))
        {
            if (step.Kind == StepKind.Stretch && !Enter(step.At, step.To))
                return Tangled(step.At, step.To);
            if (step.Kind == StepKind.Pop && _operations.Take[step.At] >= 0)
                Happen(_operations.Take[step.At], _operations.TakeFrom[step.At]);
            if (step.Kind == StepKind.Peek)
                Happen(step.At, step.To);
            if (step.Kind == StepKind.PopNothing)
                Happen(_operations.Empties[step.At].Operation, _operations.Empties[step.At].From);
        }

        return null;
    }

    bool Enter(int from, int to)
    {
        var bottom = _stretches.TakeBottom(from, to);
        if (bottom < 0)
            return false;
        Happen(_operations.Add[bottom], _operations.AddFrom[bottom]);
        _steps.Push(new(StepKind.Pop, bottom, 0));
        PlanInside(bottom, from, to);
        return true;
    }

    // What happens between the push and the pop of the lowest value. Parts and peeks never share a cell;
    // peeks of one cell stay in order of their invocations.
    void PlanInside(int bottom, int from, int to)
    {
        var parts = _stretches.Parts(from, to);
        var inside = new List<(int Cell, Step Step)>(parts.Count);
        foreach (var part in parts)
            inside.Add((part.From, new(StepKind.Stretch, part.From, part.To)));
        foreach (var peek in _peeks.Of(bottom))
        {
            if (_stretches.IsEarly(peek, from))
                Happen(peek.Operation, peek.From);
            else
                inside.Add((PeekedAt(peek, to), new(StepKind.Peek, peek.Operation, peek.From)));
        }

        var steps = inside.Count == parts.Count ? inside : [.. inside.OrderBy(i => i.Cell)];
        for (var i = steps.Count - 1; i >= 0; i--)
            _steps.Push(steps[i].Step);
    }

    int PeekedAt(Peek peek, int to)
    {
        if (_stretches.IsLate(peek, to))
            return to;
        var at = _stretches.Uncovered.BinarySearch(_stretches.SmallCells(peek).First);
        return _stretches.Uncovered[at < 0 ? ~at : at];
    }

    void Happen(int operation, int from)
    {
        _now = Math.Max(_now, from);
        _line.Put(operation, _now);
    }

    Ruling Tangled(int from, int to)
    {
        var (first, last) = (_stretches.CellAt(from), _stretches.CellAt(to));
        int[] left = [.. _stretches.Left(from, to)];
        var chain = CoverChain.Of(_operations, left, first, last).ToList();
        // A value that could lie below all others, but was peeked at: what lay above it then belongs to it.
        for (var i = 0; i < chain.Count; i++)
            if (_stretches.BlockedPeek(chain[i], from, to) is { } peek)
                chain.AddRange(CoverChain.Of(
                    _operations, left.Where(v => v != peek.Value), peek.From, peek.To).Except(chain));
        var names = EmptyFound.Names(_operations, [.. chain]);
        return Ruling.No(
            $"no order of the pushes and pops of {names} is last in, first out: there was always one of them"
                + " on the stack, and none can lie below the others",
            CollectionOperations.None, [.. chain]);
    }

    int[] Linearization()
    {
        for (var value = 0; value < _operations.Values.Count; value++)
        {
            if (_operations.Stays(value))
                continue;
            _line.Put(_operations.Add[value], _operations.TakeFrom[value]);
            foreach (var peek in _peeks.Of(value))
                _line.Put(peek.Operation, _operations.TakeFrom[value]);
            _line.Put(_operations.Take[value], _operations.TakeFrom[value]);
        }

        return _line.Operations();
    }

    enum StepKind : byte
    {
        Stretch,
        Pop,
        Peek,
        PopNothing,
    }

    readonly record struct Step(StepKind Kind, int At, int To);
}
