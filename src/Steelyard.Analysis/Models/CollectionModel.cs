using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>Which element a take gives.</summary>
internal enum TakeOrder
{
    /// <summary>The oldest: a queue.</summary>
    Oldest,

    /// <summary>The newest: a stack.</summary>
    Newest,

    /// <summary>The least: a priority queue.</summary>
    Least,
}

/// <summary>
/// A collection that gives its elements one by one in some order. A take that finds nothing returns nil or
/// the word empty.
/// </summary>
/// <param name="name">The model's name.</param>
/// <param name="order">Which element a take gives.</param>
/// <param name="adds">Names of the function that adds its input.</param>
/// <param name="takes">Names of the function that takes an element and returns it.</param>
/// <param name="peeks">Names of the function that returns what a take would give, and leaves it
/// there.</param>
/// <param name="seen">Keys and values that takes or peeks returned; null while no history is at
/// hand.</param>
internal sealed class CollectionModel(
    string name, TakeOrder order, string[] adds, string[] takes, string[] peeks,
    HashSet<(Value Key, Value Value)>? seen = null) : Model<Value>
{
    // A priority queue may be asked for its other end.
    const string TakeGreatest = "take-max";
    const string PeekGreatest = "peek-max";

    static readonly Value Empty = "empty";

    public override string Name => name;

    internal override ModelWords<Value> Words => new CollectionWords(NextOf);

    public override bool KeysAreIndependent => true;

    public override Value Initial(Value key) => Value.EmptyList;

    public override bool OnlyObserves(Operation operation) => IsPeek(operation.Function);

    /// <summary>Which element a take gives.</summary>
    internal TakeOrder Order => order;

    public override bool ResultMatters(Operation operation) => !Adds(operation);

    /// <summary>True for an operation that adds its input.</summary>
    internal bool Adds(Operation operation) => adds.Contains(operation.Function);

    /// <summary>True for an operation that takes the element whose turn it is.</summary>
    internal bool Takes(Operation operation) => takes.Contains(operation.Function);

    /// <summary>True for an operation that returns the element whose turn it is, and leaves it
    /// there.</summary>
    internal bool Peeks(Operation operation) => peeks.Contains(operation.Function);

    /// <summary>True for a result that says that nothing was there.</summary>
    internal static bool MeansEmpty(Value output) => output.IsNil || output == Empty;

    /// <summary>
    /// An add of unknown outcome whose value nobody saw need not have happened: of an order that explains the
    /// history it can be removed, with the take of unknown outcome that took it, and what is left still
    /// explains.
    /// </summary>
    public override OperationRole RoleOf(Operation operation)
    {
        var role = base.RoleOf(operation);
        var neverSeen = role == OperationRole.Optional && seen is not null && Adds(operation)
            && !seen.Contains((operation.Key, operation.Input));
        return neverSeen ? OperationRole.Ignored : role;
    }

    internal override bool RepeatsInput(Operation operation) => Adds(operation);

    internal override Model For(History history)
    {
        var returned = new HashSet<(Value, Value)>();
        var anyPending = false;
        for (var i = 0; i < history.Count && !anyPending; i++)
            anyPending = history[i].Outcome is Outcome.Info or Outcome.Open;
        if (!anyPending)
            return this;
        foreach (var operation in history.Operations)
            if (operation.Outcome == Outcome.Ok && !Adds(operation))
                returned.Add((operation.Key, operation.Output));
        return new CollectionModel(name, order, adds, takes, peeks, returned);
    }

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = state;
        if (Adds(operation))
        {
            next = With(state.AsList, operation.Input);
            return true;
        }

        var peeked = IsPeek(operation.Function);
        if (!peeked && !IsTake(operation.Function))
            throw Unknown(operation, string.Join(", ", [.. adds, .. takes, .. peeks]));
        var elements = state.AsList;
        if (elements.IsEmpty)
            return Returned(operation, Value.Nil) || MeansEmpty(operation.Output);
        var at = PlaceOf(elements, operation);
        if (!peeked)
            next = Value.List([.. elements[..at], .. elements[(at + 1)..]]);
        return Returned(operation, elements[at]);
    }

    int PlaceOf(ReadOnlySpan<Value> elements, Operation operation) =>
        order == TakeOrder.Newest || operation.Function is TakeGreatest or PeekGreatest
            ? elements.Length - 1
            : 0;

    Value? NextOf(Value state, Operation operation) => state.AsList.IsEmpty ? null
        : state.AsList[PlaceOf(state.AsList, operation)];

    bool IsTake(string function) =>
        takes.Contains(function) || (order == TakeOrder.Least && function == TakeGreatest);

    bool IsPeek(string function) =>
        peeks.Contains(function) || (order == TakeOrder.Least && function == PeekGreatest);

    // A priority queue keeps its elements sorted, so that its least is its first.
    Value With(ReadOnlySpan<Value> elements, Value added)
    {
        var at = elements.Length;
        while (order == TakeOrder.Least && at > 0 && elements[at - 1] > added)
            at--;
        return Value.List([.. elements[..at], added, .. elements[at..]]);
    }
}
