using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>A register per key: read, write and, where it has it, compare-and-set.</summary>
/// <param name="name">The model's name.</param>
/// <param name="hasCas">Whether it has compare-and-set.</param>
/// <param name="initial">What each holds at first (<see cref="InitialValues"/>).</param>
/// <param name="failedCasTells">Whether a cas that failed for no stated reason is known to have found another
/// value.</param>
internal sealed class RegisterModel(string name, bool hasCas, Value initial, bool failedCasTells = true)
    : Model<Value>
{
    public override string Name => name;

    internal override ModelWords<Value> Words => new RegisterWords();

    internal override OperationShapes Shapes => hasCas ? RegisterShapes.All : OperationShapes.None;

    public override bool KeysAreIndependent => true;

    public override Value Initial(Value key) => InitialValues.Of(initial, key);

    internal override Value GivenInitially => initial;

    internal override Value InitialValue(Value key) => Initial(key);

    // A failed cas is the observation that the register did not hold the expected value. One that failed for
    // a reason (no quorum, a refusal) says nothing.
    public override OperationRole RoleOf(Operation operation) =>
        failedCasTells && operation is { Outcome: Outcome.Fail, Function: Functions.Cas, Error: null }
            ? OperationRole.Required
            : base.RoleOf(operation);

    public override bool OnlyObserves(Operation operation) =>
        operation.Function == Functions.Read || operation.Outcome == Outcome.Fail;

    public override bool ResultMatters(Operation operation) =>
        operation.Function is not (Functions.Write or Functions.Delete);

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = state;
        switch (operation.Function)
        {
            case Functions.Read:
                return operation.Outcome != Outcome.Ok || operation.Output.Sole() == state;
            case Functions.Write:
                next = operation.Input;
                return true;
            case Functions.Delete:
                next = Value.Nil;
                return true;
            case Functions.Cas when hasCas:
                var matches = operation.Input.AsList[0] == state;
                if (operation.Outcome == Outcome.Fail)
                    return !matches;
                next = operation.Input.AsList[1];
                return matches;
            default:
                throw Unknown(operation, hasCas ? "read, write, cas and delete" : "read, write and delete");
        }
    }

    internal override bool RepeatsInput(Operation operation) =>
        operation.Function is Functions.Write or Functions.Cas;

    internal override bool MayRepeat(Operation operation) => true;

    // Without cas a value stands until it is overwritten, and only reads look at it.
    internal override bool Grows => !hasCas;

    internal override bool Overwrites(Operation operation) =>
        operation.Function is Functions.Write or Functions.Delete;

    internal override bool CanGrowInto(Value state, Operation observer) => observer.Output.Sole() == state;

    // Where even reads and writes fail without a reason, the recorder gave none for anything (Knossos'
    // MongoDB recordings do so): a failed cas there may have failed for any reason, and is no observation.
    internal override Model For(History history)
    {
        var (anyCas, anyFailure) = (false, false);
        for (var i = 0; i < history.Count && hasCas; i++)
        {
            var isCas = history[i].Function == Functions.Cas;
            anyCas |= isCas;
            anyFailure |= !isCas && history[i] is { Outcome: Outcome.Fail, Error: null };
        }

        return hasCas ? new RegisterModel(name, anyCas, initial, failedCasTells: !anyFailure) : this;
    }

    internal override RegisterAccess? AccessOf(Operation operation) => operation.Function switch
    {
        Functions.Read => new(false, operation.Output.Sole()),
        Functions.Write => new(true, operation.Input),
        Functions.Delete => new(true, Value.Nil),
        _ => null,
    };

    internal override RegisterExchange? ExchangeOf(Operation operation) =>
        hasCas && operation.Function == Functions.Cas
            ? new(operation.Input.AsList[0], operation.Input.AsList[1])
            : null;
}

/// <summary>What the read of a register that may return several values at once says.</summary>
internal static class Siblings
{
    /// <summary>
    /// The one value of a read that lists its siblings: an empty list is nil, a list of one is that one. A
    /// list of several stays a list, which no register ever held.
    /// </summary>
    public static Value Sole(this Value output) => output.Kind != ValueKind.List
        ? output
        : output.AsList.Length switch
        {
            0 => Value.Nil,
            1 => output.AsList[0],
            _ => output,
        };
}
