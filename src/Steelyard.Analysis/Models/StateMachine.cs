using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// A model with its states and its operations numbered: steps become look-ups. Operations that behave alike
/// share a class; states get numbers in the order in which they are first met, so nothing depends on hash
/// order.
/// </summary>
internal abstract class StateMachine
{
    // States beyond this number are stepped afresh each time: a row per class stays small.
    const int CachedStates = 256;
    const int NotKnown = -2;

    int[][] _next = new int[16][];

    /// <summary>No state: the operation is not allowed there.</summary>
    public const int Refused = -1;

    /// <summary>The initial state's number.</summary>
    public const int Initial = 0;

    /// <summary>The state after an operation of a class, or <see cref="Refused"/>.</summary>
    public int Step(int state, int operationClass)
    {
        if (state >= CachedStates)
            return Compute(state, operationClass);
        if (operationClass >= _next.Length)
            Array.Resize(ref _next, Math.Max(_next.Length * 2, operationClass + 1));
        var row = _next[operationClass];
        if (row is null || state >= row.Length)
            row = _next[operationClass] = Grown(row, state);
        var next = row[state];
        return next != NotKnown ? next : row[state] = Compute(state, operationClass);
    }

    /// <summary>What the states met so far take, in bytes; roughly.</summary>
    public long Bytes { get; protected set; }

    /// <summary>The class of an operation; numbered from 0.</summary>
    public abstract int ClassOf(Operation operation);

    /// <summary>What holds in these states instead of what an operation was answered: <c>x held 2 or
    /// 3</c>.</summary>
    public string Against(Operation operation, IEnumerable<int> states) =>
        Contradiction(operation, states).Against();

    /// <summary>What contradicts the answer of an operation that none of these states allows, in one sentence
    /// of the model's own words.</summary>
    public string Contradicted(Operation operation, IEnumerable<int> states) =>
        Contradiction(operation, states).Sentence();

    /// <summary>The same in its parts.</summary>
    protected abstract Contradiction Contradiction(Operation operation, IEnumerable<int> states);

    /// <summary>A state, as people write it.</summary>
    public abstract string Describe(int state);

    /// <summary>False when a state that nothing overwrites cannot become what an operation
    /// observed.</summary>
    public abstract bool CanGrowInto(int state, int observerClass);

    /// <summary>The text that a state is, where it grows by appending; null where it is none.</summary>
    public abstract string? TextOf(int state);

    /// <summary>The text that an observer of a class returned, likewise.</summary>
    public abstract string? TextObserved(int observerClass);

    protected abstract int Compute(int state, int operationClass);

    static int[] Grown(int[]? row, int state)
    {
        var grown = new int[Math.Min(CachedStates, Math.Max(8, (state + 1) * 2))];
        Array.Fill(grown, NotKnown);
        row?.CopyTo(grown, 0);
        return grown;
    }
}

/// <inheritdoc/>
internal sealed class StateMachine<TState> : StateMachine
    where TState : IEquatable<TState>
{
    readonly Model<TState> _model;
    readonly History _history;
    readonly List<TState> _states = [];
    readonly Dictionary<TState, int> _stateNumbers = [];
    readonly List<int> _examples = [];

    // An entry of the list and one of the dictionary.
    static readonly int BytesEach = 24 + (2 * System.Runtime.CompilerServices.Unsafe.SizeOf<TState>());
    readonly Dictionary<OperationShape, int> _classNumbers = [];

    public StateMachine(Model<TState> model, History history, Value key)
    {
        _model = model;
        _history = history;
        Number(model.Initial(key));
    }

    public override int ClassOf(Operation operation)
    {
        var shape = OperationShape.Of(
            operation, _model.ResultMatters(operation), _model.ProcessMatters);
        if (_classNumbers.TryGetValue(shape, out var number))
            return number;
        number = _examples.Count;
        _examples.Add(operation.Index);
        _classNumbers.Add(shape, number);
        return number;
    }

    protected override Contradiction Contradiction(Operation operation, IEnumerable<int> states) =>
        _model.Words.Of(operation, [.. states.Select(state => _states[state])]);

    public override string Describe(int state) => _model.Describe(_states[state]);

    public override bool CanGrowInto(int state, int observerClass) =>
        _model.CanGrowInto(_states[state], _history[_examples[observerClass]]);

    public override string? TextOf(int state) => _model.TextOf(_states[state]);

    public override string? TextObserved(int observerClass) =>
        _model.TextObserved(_history[_examples[observerClass]]);

    protected override int Compute(int state, int operationClass) =>
        _model.TryStep(_states[state], _history[_examples[operationClass]], out var next)
            ? Number(next)
            : Refused;

    int Number(TState state)
    {
        if (_stateNumbers.TryGetValue(state, out var number))
            return number;
        number = _states.Count;
        Bytes += BytesEach + _model.BytesOf(state);
        _states.Add(state);
        _stateNumbers.Add(state, number);
        return number;
    }
}

/// <summary>All that a step can see of an operation.</summary>
internal readonly record struct OperationShape(
    string Function, Value Key, Value Input, Value Output, Outcome Outcome, int Process)
{
    const int AnyProcess = -1;

    public static OperationShape Of(Operation operation, bool resultMatters, bool processMatters)
    {
        var outcome = operation.Outcome == Outcome.Open ? Outcome.Info : operation.Outcome;
        var process = processMatters ? operation.Process : AnyProcess;
        return resultMatters
            ? new(operation.Function, operation.Key, operation.Input, operation.Output, outcome, process)
            : new(operation.Function, operation.Key, operation.Input, Value.Nil, Outcome.Ok, process);
    }

    // String hashes differ from process to process; nothing here depends on their order, only on equality.
    public override int GetHashCode() =>
        (int)StableHash.Mix(
            (ulong)Input.GetHashCode() ^ ((ulong)Output.GetHashCode() << 24)
            ^ ((ulong)Key.GetHashCode() << 12) ^ ((ulong)Function.Length << 56) ^ (ulong)Outcome
            ^ ((ulong)(Process + 1) << 32));
}
