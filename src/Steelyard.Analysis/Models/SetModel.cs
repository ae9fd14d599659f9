using Steelyard.Analysis.Linearizability.Sets;
using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// A set as an abstract data type: insert (or add) and remove tell whether they changed it, contains whether
/// an element is in it, read gives all elements in any order. Truth is true or false, 1 or 0; a change may
/// also return nothing.
/// </summary>
internal sealed class SetModel : Model<Value>
{
    static readonly OperationShapes OfReads = new(
        new FunctionShape(Functions.Read, PayloadShape.Any, new("a list of elements", IsListOrNil)));

    public override string Name => "collection-set";

    internal override ModelWords<Value> Words => new SetWords();

    internal override OperationShapes Shapes => OfReads;

    public override bool KeysAreIndependent => true;

    public override Value Initial(Value key) => Value.EmptyList;

    public override bool OnlyObserves(Operation operation) => operation.Function is "contains" or "read";

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = state;
        if (operation.Function == "read")
            return operation.Outcome != Outcome.Ok || Elements(operation.Output) == state;
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

    /// <summary>What an operation does to its element; null when its answer leaves that open, or when it is
    /// about all elements.</summary>
    internal static SetEffect? EffectOf(Operation operation)
    {
        var isKnown = operation.Outcome == Outcome.Ok;
        if (operation.Function is not ("insert" or "add" or "remove" or "contains")
            || (isKnown && !IsTruth(operation.Output)))
            return null;
        var said = !isKnown || operation.Output == Value.Of(true) || operation.Output == 1;
        return operation.Function switch
        {
            "contains" => new(Sees: said, Changes: false),
            "remove" => new(Sees: said, Changes: said),
            _ => new(Sees: !said, Changes: said),
        };
    }

    // Without a read of everything, each element is an object of its own.
    internal override IEnumerable<List<int>> Objects(History history, List<int> part)
    {
        if (part.Exists(i => history[i].Function == "read"))
            return [part];
        var objects = new List<List<int>>();
        var objectOf = new Dictionary<Value, int>();
        foreach (var index in part)
        {
            var element = history[index].Input;
            if (objectOf.TryAdd(element, objects.Count))
                objects.Add([]);
            objects[objectOf[element]].Add(index);
        }

        return objects;
    }

    static bool IsListOrNil(Value output) => output.IsNil || output.Kind == ValueKind.List;

    // Nil is what Clojure calls an empty list.
    static Value Elements(Value output) => output.IsNil ? Value.EmptyList : Sorted(output.AsList);

    static bool IsTruth(Value output) =>
        output.Kind == ValueKind.Boolean || output == 1 || output == 0;

    static Value Sorted(ReadOnlySpan<Value> elements)
    {
        var sorted = elements.ToArray();
        Array.Sort(sorted);
        return Value.List(sorted);
    }

    static bool Says(Operation operation, bool truth) => operation.Output.IsNil
        || Returned(operation, Value.Of(truth)) || operation.Output == (truth ? 1 : 0);
}
