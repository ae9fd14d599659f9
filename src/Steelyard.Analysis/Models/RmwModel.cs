using Steelyard.Analysis.Models.Words;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>A register that is read and written at one instant: rmw returns the value it replaces.</summary>
/// <param name="initial">What it holds at first.</param>
internal sealed class RmwModel(Value initial) : Model<Value>
{
    public override string Name => "rmw";

    internal override ModelWords<Value> Words => new RegisterWords();

    public override bool KeysAreIndependent => true;

    public override Value Initial(Value key) => initial;

    public override bool OnlyObserves(Operation operation) => operation.Function == Functions.Read;

    public override bool ResultMatters(Operation operation) => operation.Function != Functions.Write;

    internal override bool RepeatsInput(Operation operation) => operation.Function == Functions.Write;

    internal override bool MayRepeat(Operation operation) => true;

    internal override Value InitialValue(Value key) => initial;

    internal override RegisterAccess? AccessOf(Operation operation) => operation.Function switch
    {
        Functions.Read => new(false, operation.Output),
        Functions.Write => new(true, operation.Input),
        _ => null,
    };

    internal override RegisterExchange? ExchangeOf(Operation operation) =>
        operation is { Function: Functions.Rmw, Outcome: Outcome.Ok }
            ? new(operation.Output, operation.Input)
            : null;

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = operation.Function == Functions.Read ? state : operation.Input;
        return operation.Function switch
        {
            Functions.Write => true,
            Functions.Read or Functions.Rmw => Returned(operation, state),
            _ => throw Unknown(operation, "read, write and rmw"),
        };
    }
}
