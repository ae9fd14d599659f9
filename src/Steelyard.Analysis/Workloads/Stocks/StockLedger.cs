using Steelyard.Analysis.Workloads.Counters;

namespace Steelyard.Analysis.Workloads.Stocks;

/// <summary>The units of one item, change by change.</summary>
internal sealed class StockLedger
{
    readonly SortedDictionary<int, long> _held = [];
    readonly HashSet<int> _waiting = [];
    readonly List<int> _restocks = [];
    readonly SuffixMinimum _out = new();
    long _sold;

    public StockLedger(long stock) => Capacity = stock;

    /// <summary>How many units there are by now, sold or not.</summary>
    public long Capacity { get; private set; }

    /// <summary>Takes the next change; false when more units are out than there are.</summary>
    public bool Take(StockEvent happening)
    {
        var fits = true;
        switch (happening.Change)
        {
            case StockChange.Restocked:
                Capacity += happening.Quantity;
                _restocks.Add(happening.Operation.Index);
                break;
            case StockChange.Returned:
                _sold -= happening.Quantity;
                _held.Remove(happening.Operation.Index);
                break;
            case StockChange.Sold:
            case StockChange.SoldAfterAll when _waiting.Remove(happening.Operation.Index):
                _sold += happening.Quantity;
                _held.Add(happening.Operation.Index, happening.Quantity);
                fits = _sold <= Capacity;
                break;
            case StockChange.SoldForAnInstant:
                fits = _out.Since(happening.Since) + happening.Quantity <= 0;
                // The sale may still come later, for good.
                if (!fits && happening.At < happening.Operation.CompletedAt)
                    fits = _waiting.Add(happening.Operation.Index);
                break;
        }

        _out.Set(happening.At, _sold - Capacity);
        return fits;
    }

    /// <summary>How many were out, in words.</summary>
    public string Units(StockEvent happening)
    {
        var units = _sold + (happening.Change == StockChange.SoldForAnInstant ? happening.Quantity : 0);
        return units == 1 ? "1 unit" : $"{units:N0} units";
    }

    /// <summary>The sale, the largest others that together are too many with it, and all
    /// restocks.</summary>
    public int[] Witness(StockEvent happening)
    {
        var sum = happening.Quantity;
        var witness = new List<int>(_restocks) { happening.Operation.Index };
        foreach (var (sale, quantity) in _held.OrderByDescending(held => held.Value).ThenBy(held => held.Key))
        {
            if (sum > Capacity)
                break;
            if (sale == happening.Operation.Index)
                continue;
            sum += quantity;
            witness.Add(sale);
        }

        return [.. witness];
    }
}
