using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// The operations of one collection, value by value, on a line of time of their own: 0 is the first event. An
/// add or take can happen in the cells <c>From … To − 1</c>, a cell being the gap after an event. Within a
/// value an add ends with its take at the latest, and a take begins with its add at the earliest.
/// </summary>
/// <remarks>
/// A pending add whose value nobody took is left out: of an order that explains the history it can be
/// removed, with the pending take that took it, and what is left still explains.
/// </remarks>
internal sealed class CollectionOperations
{
    /// <summary>No operation.</summary>
    public const int None = -1;

    readonly List<Value> _values = [];
    List<int>[]? _columns;

    CollectionOperations(int events)
    {
        Events = events;
    }

    /// <summary>How many events there are.</summary>
    public int Events { get; }

    /// <summary>Cells in all, with those of takes that never were.</summary>
    public int Cells => Events + 2;

    /// <summary>The values, in order of their adds.</summary>
    public IReadOnlyList<Value> Values => _values;

    /// <summary>History index of each value's add.</summary>
    public List<int> Add { get; } = [];

    /// <summary>History index of each value's take; <see cref="None"/> when nobody took it.</summary>
    public List<int> Take { get; } = [];

    /// <summary>First cell of each add.</summary>
    public List<int> AddFrom { get; } = [];

    /// <summary>End of the cells of each add.</summary>
    public List<int> AddTo { get; } = [];

    /// <summary>First cell of each take; a value not taken is taken after everything.</summary>
    public List<int> TakeFrom { get; } = [];

    /// <summary>End of the cells of each take.</summary>
    public List<int> TakeTo { get; } = [];

    /// <summary>End of the cells in which each value is first seen at the latest, by a peek or by its
    /// take.</summary>
    public List<int> SeenTo { get; } = [];

    /// <summary>First cell of the last peek of each value, or of its add.</summary>
    public List<int> SeenFrom { get; } = [];

    /// <summary>Peeks that returned a value, by invocation: history index, value and cells.</summary>
    public List<Peek> Peeks { get; } = [];

    /// <summary>Takes and peeks that found nothing: history index and cells.</summary>
    public List<(int Operation, int From, int To)> Empties { get; } = [];

    /// <summary>Takes of unknown outcome, by invocation: history index and first cell.</summary>
    public List<(int Operation, int From)> PendingTakes { get; } = [];

    List<int>[] Columns => _columns ??= [Add, Take, AddFrom, AddTo, TakeFrom, TakeTo, SeenFrom, SeenTo];

    /// <summary>True for a value that must be there for some time, from cell AddTo to TakeFrom.</summary>
    public bool Stays(int value) => AddTo[value] < TakeFrom[value];

    /// <summary>Lets a value that nobody took be taken by a pending take, before the end.</summary>
    public void TakeBy(int value, (int Operation, int From) take)
    {
        Take[value] = take.Operation;
        TakeFrom[value] = Math.Max(take.From, SeenFrom[value]);
        TakeTo[value] = Events;
        SeenTo[value] = Math.Min(SeenTo[value], Events);
    }

    /// <summary>Lets a value that nobody took be taken as if nothing else bound the take.</summary>
    public void TakeAtAnyTime(int value, (int Operation, int From) take)
    {
        TakeBy(value, take);
        TakeTo[value] = int.MaxValue / 4;
    }

    /// <summary>Arranges the operations of one object.</summary>
    /// <param name="model">The collection.</param>
    /// <param name="history">The history.</param>
    /// <param name="part">Indices of the operations that count, ascending.</param>
    /// <param name="misfit">What no collection of any order would answer; null when there is nothing of
    /// the kind.</param>
    /// <returns>Null when a value was added twice, or the functions are not those of a collection.</returns>
    public static CollectionOperations? Of(
        CollectionModel model, History history, List<int> part, out Anomaly? misfit)
    {
        misfit = null;
        var time = new LocalTime(model, history, part);
        var operations = new CollectionOperations(time.Events);
        var valueOf = new Dictionary<Value, int>(part.Count / 2);
        for (var i = 0; i < part.Count; i++)
        {
            var operation = history[part[i]];
            if (!model.Adds(operation) && !model.Takes(operation) && !model.Peeks(operation))
                return null;
            if (model.Adds(operation) && !operations.TakeAdd(operation, time, i, valueOf))
                return null;
        }

        misfit = operations.TakeTakes(model, history, part, time, valueOf)
            ?? operations.TakePeeks(model, history, part, time, valueOf);
        operations.LeaveOutPending();
        return operations;
    }

    bool TakeAdd(Operation operation, LocalTime time, int place, Dictionary<Value, int> valueOf)
    {
        if (CollectionModel.MeansEmpty(operation.Input) || !valueOf.TryAdd(operation.Input, _values.Count))
            return false;
        _values.Add(operation.Input);
        Add.Add(operation.Index);
        AddFrom.Add(time.InvokedAt[place]);
        AddTo.Add(time.ReturnedAt[place]);
        Take.Add(None);
        TakeFrom.Add(Events + 1);
        TakeTo.Add(Events + 2);
        SeenTo.Add(Events + 2);
        SeenFrom.Add(time.InvokedAt[place]);
        return true;
    }

    Anomaly? TakeTakes(
        CollectionModel model, History history, List<int> part, LocalTime time,
        Dictionary<Value, int> valueOf)
    {
        for (var i = 0; i < part.Count; i++)
        {
            var operation = history[part[i]];
            if (!model.Takes(operation))
                continue;
            var (from, to) = (time.InvokedAt[i], time.ReturnedAt[i]);
            if (to == LocalTime.Never)
                PendingTakes.Add((operation.Index, from));
            else if (CollectionModel.MeansEmpty(operation.Output))
                Empties.Add((operation.Index, from, to));
            else if (!valueOf.TryGetValue(operation.Output, out var value))
                return ImpossibleAnswers.NeverAdded(model, history, operation);
            else if (Take[value] != None)
                return ImpossibleAnswers.TakenTwice(history, Add[value], Take[value], operation);
            else if (to < AddFrom[value])
                return ImpossibleAnswers.TakenBefore(operation, Add[value]);
            else
                TakeBetween(value, operation.Index, from, to);
        }

        return null;
    }

    void TakeBetween(int value, int operation, int from, int to)
    {
        Take[value] = operation;
        TakeFrom[value] = Math.Max(from, AddFrom[value]);
        TakeTo[value] = to;
        SeenTo[value] = to;
        AddTo[value] = Math.Min(AddTo[value], to);
    }

    // A peek that returned a value is after its add and before its take.
    Anomaly? TakePeeks(
        CollectionModel model, History history, List<int> part, LocalTime time,
        Dictionary<Value, int> valueOf)
    {
        for (var i = 0; i < part.Count; i++)
        {
            var operation = history[part[i]];
            if (!model.Peeks(operation))
                continue;
            var (from, to) = (time.InvokedAt[i], time.ReturnedAt[i]);
            if (CollectionModel.MeansEmpty(operation.Output))
                Empties.Add((operation.Index, from, to));
            else if (!valueOf.TryGetValue(operation.Output, out var value))
                return ImpossibleAnswers.NeverAdded(model, history, operation);
            else if (to < AddFrom[value])
                return ImpossibleAnswers.TakenBefore(operation, Add[value]);
            else if (TakeTo[value] < from)
                return ImpossibleAnswers.SeenAfter(operation, Add[value], Take[value]);
            else
                Peeks.Add(new(operation.Index, value, from, to));
        }

        BoundByPeeks();
        return null;
    }

    void BoundByPeeks()
    {
        foreach (ref var peek in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(Peeks))
        {
            var value = peek.Value;
            var (from, to) = (Math.Max(peek.From, AddFrom[value]), Math.Min(peek.To, TakeTo[value]));
            peek = peek with { From = from, To = to };
            AddTo[value] = Math.Min(AddTo[value], to);
            SeenTo[value] = Math.Min(SeenTo[value], to);
            SeenFrom[value] = Math.Max(SeenFrom[value], from);
            if (Take[value] != None)
                TakeFrom[value] = Math.Max(TakeFrom[value], from);
        }
    }

    void LeaveOutPending()
    {
        var kept = 0;
        var numbers = new int[_values.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (AddTo[i] == LocalTime.Never)
                continue;
            numbers[i] = kept;
            Move(i, kept++);
        }

        _values.RemoveRange(kept, _values.Count - kept);
        foreach (var column in Columns)
            column.RemoveRange(kept, column.Count - kept);
        for (var i = 0; i < Peeks.Count; i++)
            Peeks[i] = Peeks[i] with { Value = numbers[Peeks[i].Value] };
    }

    void Move(int from, int to)
    {
        if (from == to)
            return;
        _values[to] = _values[from];
        foreach (var column in Columns)
            column[to] = column[from];
    }
}

/// <summary>A peek that returned a value: where it can have happened.</summary>
/// <param name="Operation">History index.</param>
/// <param name="Value">The value's number.</param>
/// <param name="From">First cell.</param>
/// <param name="To">End of the cells.</param>
internal readonly record struct Peek(int Operation, int Value, int From, int To);
