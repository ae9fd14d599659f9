using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// Registers read and written several at a time (Knossos' multi-register). An operation's micro-operations
/// are lists of function, register and value; the functions are read and write, or r and w.
/// </summary>
/// <param name="initial">What registers hold at first (<see cref="InitialValues"/>).</param>
internal sealed class MultiRegisterModel(Value initial) : Model<Value>
{
    const string Steps = "a list of [function, register, value], the function read, r, write or w";

    static readonly OperationShapes OfSteps = new(
        new FunctionShape(Functions.Txn, new(Steps, AreSteps), new(Steps, AreSteps)));

    public override string Name => "multi-register";

    internal override ModelWords<Value> Words => new MultiRegisterWords(Held);

    internal override OperationShapes Shapes => OfSteps;

    // Registers that nobody wrote are absent where all hold one value at first.
    public override Value Initial(Value key) => initial.Kind == ValueKind.Map ? initial : Value.Map();

    public override bool OnlyObserves(Operation operation)
    {
        if (operation.Function != Functions.Txn)
            return false;
        foreach (var step in operation.Input.AsList)
            if (IsWrite(step))
                return false;
        return true;
    }

    internal override bool MayRepeat(Operation operation) => true;

    internal override StateMachine Machine(History history, Value key) =>
        (StateMachine?)PackedRegisters.For(this, history) ?? base.Machine(history, key);

    /// <summary>What a register holds at first.</summary>
    internal Value InitialOf(Value register) => InitialValues.Of(initial, register);

    /// <summary>The steps of an operation, with what they read where that is known.</summary>
    internal static ReadOnlySpan<Value> StepsOf(Operation operation) =>
        (operation.Outcome == Outcome.Ok ? operation.Output : operation.Input).AsList;

    /// <summary>False where the answer is another transaction's.</summary>
    internal bool IsPossible(Operation operation)
    {
        if (operation.Function != Functions.Txn)
            throw Unknown(operation, Functions.Txn);
        return operation.Outcome != Outcome.Ok || AnswersItsInput(operation);
    }

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        var known = operation.Outcome == Outcome.Ok;
        next = state;
        if (!IsPossible(operation))
            return false;
        foreach (var step in StepsOf(operation))
        {
            var (register, value) = (step.AsList[1], step.AsList[2]);
            if (IsWrite(step))
                next = With(next, register, value);
            else if (known && Held(next, register) != value)
                return false;
        }

        return true;
    }

    // The answer repeats the steps asked for, and fills in what was read: one with other steps, or with
    // another value written, is another transaction's.
    static bool AnswersItsInput(Operation operation)
    {
        var asked = operation.Input.AsList;
        var answered = operation.Output.AsList;
        if (asked.Length != answered.Length)
            return false;
        for (var i = 0; i < asked.Length; i++)
        {
            var isWrite = IsWrite(asked[i]);
            if (isWrite != IsWrite(answered[i]) || asked[i].AsList[1] != answered[i].AsList[1]
                || (isWrite && asked[i].AsList[2] != answered[i].AsList[2]))
                return false;
        }

        return true;
    }

    static bool AreSteps(Value steps)
    {
        if (steps.Kind != ValueKind.List)
            return false;
        foreach (var step in steps.AsList)
            if (step.Kind != ValueKind.List || step.AsList.Length != 3 || !IsKnown(step.AsList[0]))
                return false;
        return true;
    }

    static bool IsKnown(Value function) =>
        function == Functions.Write || function == "w" || function == Functions.Read || function == "r";

    /// <summary>True for a step that writes; else it reads.</summary>
    internal static bool IsWrite(Value step) => step.AsList[0] == Functions.Write || step.AsList[0] == "w";

    Value Held(Value map, Value register)
    {
        if (initial.Kind == ValueKind.Map)
            return map[register];
        foreach (var (written, value) in map.AsMap)
            if (written == register)
                return value;
        return initial;
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
