using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// A set as an abstract data type: insert (or add) and remove tell whether they changed it, contains whether
/// an element is in it, read gives all elements in any order. Truth is true or false, 1 or 0; a change may
/// also return nothing.
/// </summary>
internal sealed class SetModel : Model<Value>
{
    public override string Name => "collection-set";

    public override bool KeysAreIndependent => true;

    public override Value Initial(Value key) => Value.EmptyList;

    public override bool OnlyObserves(Operation operation) => operation.Function is "contains" or "read";

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = state;
        if (operation.Function == "read")
            return operation.Outcome != Outcome.Ok || Sorted(operation.Output.AsList) == state;
        var isIn = state.AsList.Contains(operation.Input);
        switch (operation.Function)
        {
            case "insert" or "add":
                next = isIn ? state : Sorted([.. state.AsList, operation.Input]);
                return Says(operation, !isIn);
            case "remove":
                next = Value.List([.. state.AsList.ToArray().Where(e => e != operation.Input)]);
                return Says(operation, isIn);
            case "contains":
                return Says(operation, isIn);
            default:
                throw Unknown(operation, "insert, remove, contains and read");
        }
    }

    static Value Sorted(ReadOnlySpan<Value> elements)
    {
        var sorted = elements.ToArray();
        Array.Sort(sorted);
        return Value.List(sorted);
    }

    static bool Says(Operation operation, bool truth) => operation.Output.IsNil
        || Returned(operation, Value.Of(truth)) || operation.Output == (truth ? 1 : 0);
}
