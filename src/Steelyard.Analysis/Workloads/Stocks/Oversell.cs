using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;

namespace Steelyard.Analysis.Workloads.Stocks;

/// <summary>
/// Units sold out of a stock: never more than there are. A <c>sell</c> (<c>reserve</c>, <c>buy</c>) takes
/// <c>{id, item, quantity}</c>, a <c>cancel {id}</c> gives its units back, a <c>restock {item, quantity}</c>
/// adds some, and a <c>read</c> of what is left is never negative. An Ok that returned false was refused.
/// </summary>
/// <remarks>
/// The history is right exactly when it is with every sale as late and every return as early as they can have
/// been: then the fewest units are out at any time. A sale whose cancel may have been early enough holds its
/// units for one instant only, wherever there was most room.
/// </remarks>
/// <param name="stock">How many units of each item there are at first; items not named have none.</param>
public sealed class Oversell(IReadOnlyDictionary<Value, long> stock) : IChecker
{
    /// <inheritdoc/>
    public string Name => "oversell";

    /// <inheritdoc/>
    public string Sentence => "Never more is sold than there is";

    /// <inheritdoc/>
    public Verdict Check(History history)
    {
        var findings = new WorkloadFindings(Name);
        var sales = new SaleEvents(history);
        if (stock.Count == 0 && !sales.AnyRestock)
            return Verdict.Undecided(
                Name, "nothing says how many units there were: no restock, and no stock at first");
        var ledgers = new SortedDictionary<Value, StockLedger>();
        foreach (var happening in sales.InOrder())
        {
            if (!ledgers.TryGetValue(happening.Item, out var ledger))
                ledgers.Add(happening.Item, ledger = new(stock.GetValueOrDefault(happening.Item)));
            if (!ledger.Take(happening))
                findings.Add(
                    "oversold",
                    () => $"{ledger.Units(happening)} of {ItemName(happening.Item)} were sold at once to"
                        + $" process {happening.Operation.ProcessName} and others, out of"
                        + $" {ledger.Capacity:N0}",
                    ledger.Witness(happening));
        }

        foreach (var read in sales.NegativeReads)
            findings.Add(
                "negative-stock", () => $"process {read.ProcessName} read {read.Output} units"
                + " left", read.Index);
        if (!findings.IsEmpty)
            return findings.Broken();
        return sales.Sold == 0
            ? Verdict.Undecided(Name, "nothing was sold")
            : Verdict.Holds(
                Name, $"{Count(sales.Sold, "sale")} of {Count(ledgers.Count, "item")}, {sales.Refused:N0}"
                    + $" refused, {Count(sales.Cancelled, "cancellation")}: never more out than there were");
    }

    static string ItemName(Value item) => item.IsNil ? "the item" : item.ToString();
}
