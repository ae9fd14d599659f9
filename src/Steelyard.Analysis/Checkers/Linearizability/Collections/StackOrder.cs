using Steelyard.Histories;

namespace Steelyard.Analysis;

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
/// </remarks>
internal sealed class StackOrder
{
    readonly CollectionOperations _operations;
    readonly History _history;
    readonly StackStretches _stretches;
    readonly CellLine _line;
    readonly Stack<Step> _steps = [];
    int _now;

    StackOrder(CollectionOperations operations, History history)
    {
        (_operations, _history) = (operations, history);
        _stretches = new(operations);
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
        var order = Counting.Order(plan.Select(p => p.Cell).ToArray(), _operations.Cells);
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
        var parts = _stretches.Parts(from, to);
        for (var i = parts.Count - 1; i >= 0; i--)
            _steps.Push(new(StepKind.Stretch, parts[i].From, parts[i].To));
        return true;
    }

    void Happen(int operation, int from)
    {
        _now = Math.Max(_now, from);
        _line.Put(operation, _now);
    }

    Ruling Tangled(int from, int to)
    {
        var (first, last) = (_stretches.CellAt(from), _stretches.CellAt(to));
        var chain = CoverChain.Of(_operations, _stretches.Left(from, to), first, last);
        var names = EmptyFound.Names(_operations, chain);
        return Ruling.No(
            $"no order of the pushes and pops of {names} is last in, first out: there was always one of them"
                + " on the stack, and none can lie below the others",
            CollectionOperations.None, chain);
    }

    int[] Linearization()
    {
        for (var value = 0; value < _operations.Values.Count; value++)
        {
            if (_operations.Stays(value))
                continue;
            _line.Put(_operations.Add[value], _operations.TakeFrom[value]);
            _line.Put(_operations.Take[value], _operations.TakeFrom[value]);
        }

        return _line.Operations();
    }

    enum StepKind : byte
    {
        Stretch,
        Pop,
        PopNothing,
    }

    readonly record struct Step(StepKind Kind, int At, int To);
}
