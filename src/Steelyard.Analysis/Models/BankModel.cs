using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Accounts in cents: a transfer moves money (true) or finds the funds short (false, an observation as well);
/// balances reads them all. Money never appears or vanishes here.
/// </summary>
internal sealed class BankModel(Value initial) : Model<Value>
{
    public override string Name => "bank";

    public override Value Initial(Value key) => initial;

    public override bool OnlyObserves(Operation operation) =>
        operation.Function == Functions.Balances
        || (operation.Outcome == Outcome.Ok && operation.Output == Value.Of(false));

    public override bool TryStep(Value state, Operation operation, out Value next)
    {
        next = state;
        switch (operation.Function)
        {
            case Functions.Balances:
                return Returned(operation, state);
            case Functions.Transfer:
                var moves = CanMove(state, operation.Input);
                if (moves)
                    next = Moved(state, operation.Input);
                return Returned(operation, Value.Of(moves));
            default:
                throw Unknown(operation, "transfer and balances");
        }
    }

    static bool CanMove(Value state, Value transfer)
    {
        var from = state[transfer["from"]];
        return !from.IsNil && !state[transfer["to"]].IsNil && from.AsInteger >= transfer["amount"].AsInteger;
    }

    static Value Moved(Value state, Value transfer)
    {
        var (from, to, amount) = (transfer["from"], transfer["to"], transfer["amount"].AsInteger);
        var pairs = new (Value, Value)[state.AsMap.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (account, cents) = state.AsMap[i];
            var change = (account == to ? amount : 0) - (account == from ? amount : 0);
            pairs[i] = (account, cents.AsInteger + change);
        }

        return Value.Map(pairs);
    }
}
