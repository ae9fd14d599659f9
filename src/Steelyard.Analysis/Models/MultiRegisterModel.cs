using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Registers read and written several at a time (Knossos' multi-register). An operation's micro-operations
/// are lists of function, register and value; the functions are read and write, or r and w.
/// </summary>
internal sealed class MultiRegisterModel(Value initial) : Model<Value>
{
    public override string Name => "multi-register";

    public override Value Initial(Value key) => initial;

    public override bool OnlyObserves(Operation operation)
    {
        foreach (var step in operation.Input.AsList)
            if (IsWrite(operation, step))
                return false;
        return true;
    }

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        if (operation.Function != Functions.Txn)
            throw Unknown(operation, Functions.Txn);
        var known = operation.Outcome == Outcome.Ok;
        next = state;
        foreach (var step in (known ? operation.Output : operation.Input).AsList)
        {
            var (register, value) = (step.AsList[1], step.AsList[2]);
            if (IsWrite(operation, step))
                next = With(next, register, value);
            else if (known && next[register] != value)
                return false;
        }

        return true;
    }

    static bool IsWrite(Operation operation, Value step)
    {
        if (step.Kind != ValueKind.List || step.AsList.Length != 3)
            throw new UserMistakeException(
                $"operation {operation.Index}: expected [function, register, value], found {step}");
        return step.AsList[0].ToString() switch
        {
            Functions.Write or "w" => true,
            Functions.Read or "r" => false,
            var other => throw new UserMistakeException(
                $"operation {operation.Index}: expected read or write in a transaction, found \"{other}\""),
        };
    }

    static Value With(Value map, Value key, Value value)
    {
        var pairs = new List<(Value, Value)> { (key, value) };
        foreach (var pair in map.AsMap)
            if (pair.Key != key)
                pairs.Add((pair.Key, pair.Value));
        return Value.Map([.. pairs]);
    }
}
