using Steelyard.Analysis.Models.Words;
using Steelyard.Analysis.Shapes;
using Steelyard.Histories;

namespace Steelyard.Analysis.Models;

/// <summary>
/// Accounts in cents: a transfer moves money (true) or finds the funds short (false, an observation as well);
/// balances reads them all. Money never appears or vanishes here.
/// </summary>
/// <remarks>
/// A replica's last state lists the transfers it applied: their order is the order the search tries first.
/// Where every replica told, a transfer of unknown outcome that none of them lists never happened, and the
/// search need not try it: money it had moved is not in any state.
/// </remarks>
/// <param name="initial">The balances at the start.</param>
/// <param name="applied">The transfers that replicas say they applied, each with its place.</param>
/// <param name="allTold">Whether every replica said so.</param>
internal sealed class BankModel(
    Value initial, IReadOnlyDictionary<Value, int>? applied = null, bool allTold = false) : Model<Value>
{
    static readonly OperationShapes OfTransfers = new(MoneyShapes.Transfer);

    public override string Name => "bank";

    internal override ModelWords<Value> Words => new BankWords();

    internal override OperationShapes Shapes => OfTransfers;

    public override Value Initial(Value key) => initial;

    public override bool OnlyObserves(Operation operation) =>
        operation.Function == Functions.Balances
        || (operation.Outcome == Outcome.Ok && operation.Output == Value.Of(false));

    public override OperationRole RoleOf(Operation operation)
    {
        var role = base.RoleOf(operation);
        var neverHappened = role == OperationRole.Optional && allTold
            && operation.Function == Functions.Transfer && !applied!.ContainsKey(operation.Input["id"]);
        return neverHappened ? OperationRole.Ignored : role;
    }

    internal override bool RepeatsInput(Operation operation) => operation.Function == Functions.Transfer;

    internal override Model For(History history)
    {
        var states = history.Operations.Where(o => o.Function == Functions.ReplicaState).ToList();
        var told = states.FindAll(o => o.Outcome == Outcome.Ok
            && o.Output.Kind == ValueKind.Map && o.Output["applied"].Kind == ValueKind.List);
        if (told.Count == 0)
            return this;
        var places = new Dictionary<Value, int>();
        foreach (var state in told)
            foreach (var id in state.Output["applied"].AsList)
                places.TryAdd(id, places.Count);
        return new BankModel(initial, places, told.Count == states.Count && AllNodesTold(history, told));
    }

    // A run that was cut short, or a part of a recording, may lack the one replica that applied it.
    static bool AllNodesTold(History history, List<Operation> states)
    {
        var told = states.Select(state => state.Node).ToHashSet(StringComparer.Ordinal);
        return history.Operations.All(operation => operation.Node is null || told.Contains(operation.Node));
    }

    internal override int? RankOf(Operation operation) =>
        applied is not null && operation.Function == Functions.Transfer
        && applied.TryGetValue(operation.Input["id"], out var place)
            ? place
            : null;

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
                // An ok that says nothing more says that money was moved.
                return operation.Outcome == Outcome.Ok && operation.Output.IsNil
                    ? moves
                    : Returned(operation, Value.Of(moves));
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
