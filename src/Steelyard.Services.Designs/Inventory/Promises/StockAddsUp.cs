using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Inventory.Promises;

/// <summary>
/// The final stock is right: what is left and what standing sales hold is all there was at first; a sale
/// whose cancel was acknowledged does not stand, and one that nobody cancelled does.
/// </summary>
/// <param name="total">How many units there were at first.</param>
internal sealed class StockAddsUp(long total)
    : ServicePromise("stock-adds-up", "What is left and what was sold is all there was at first")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var states = history.Operations
            .Where(o => o.Function == Functions.ReplicaState && o.Outcome == Outcome.Ok).ToList();
        if (states.Count == 0)
            return Undecided("nobody read the stock after the heal");
        var anomalies = states.SelectMany(state => Judge(history, state)).Take(10).ToList();
        return BrokenBy(anomalies) ?? Holds(
            $"what is left and what is sold is {total:N0} units, as at first");
    }

    IEnumerable<Anomaly> Judge(History history, Operation state)
    {
        var standing = new SortedSet<Value>(state.Output["standing"].AsList.ToArray());
        var held = 0L;
        var counted = new HashSet<Value>();
        foreach (var operation in history.Operations)
        {
            var id = operation.Input.Kind == ValueKind.Map ? operation.Input["id"] : Value.Nil;
            if (operation.Function == InventoryWorkload.Sell && standing.Contains(id) && counted.Add(id))
                held += operation.Input["quantity"].AsInteger;
            if (operation.Function == InventoryWorkload.Cancel && operation.Outcome == Outcome.Ok
                && operation.Output != Value.Of(false) && standing.Contains(id))
                yield return new(
                    "uncancelled", $"sale {id} was cancelled, yet it stands", [operation.Index, state.Index]);
        }

        foreach (var sale in MissingSales(history, standing))
            yield return new(
                "lost-sale", $"sale {sale.Input["id"]} was acknowledged and never cancelled, yet it does not"
                + " stand", [sale.Index, state.Index]);
        var left = state.Output["units"].AsInteger;
        if (left + held != total)
            yield return new(
                left + held > total ? "units-from-nowhere" : "lost-units",
                $"{left:N0} units are left and {held:N0} are sold: together not the {total:N0} there were",
                [state.Index]);
    }

    static IEnumerable<Operation> MissingSales(History history, SortedSet<Value> standing)
    {
        var cancels = history.Operations
            .Where(o => o.Function == InventoryWorkload.Cancel && o.MayHaveHappened
                && o.Output != Value.Of(false))
            .Select(o => o.Input["id"]).ToHashSet();
        return history.Operations.Where(o => o.Function == InventoryWorkload.Sell
            && o.Outcome == Outcome.Ok && o.Output != Value.Of(false)
            && !standing.Contains(o.Input["id"]) && !cancels.Contains(o.Input["id"]));
    }
}
