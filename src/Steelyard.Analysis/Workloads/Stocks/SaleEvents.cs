using Steelyard.Histories;
using static Steelyard.Analysis.Effects.EffectEvidence;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Stocks;

/// <summary>What happens to a stock.</summary>
internal enum StockChange
{
    /// <summary>Units are added; as early as they can have been.</summary>
    Restocked,

    /// <summary>Units of a sale come back; as early as they can have.</summary>
    Returned,

    /// <summary>Units are sold for good; as late as they can have been.</summary>
    Sold,

    /// <summary>Nothing changes; room is looked for from here on.</summary>
    Looked,

    /// <summary>Units are sold and given back at once: there was room for them at some time since a
    /// place.</summary>
    SoldForAnInstant,

    /// <summary>Units are sold for good where there was no room while the cancel was open: then it came
    /// first, and had nothing to give back.</summary>
    SoldAfterAll,
}

/// <summary>One change of one item.</summary>
internal readonly record struct StockEvent(
    int At, StockChange Change, Value Item, long Quantity, Operation Operation, int Since = 0);

/// <summary>The sales of a history, each as late, and each return as early, as it can have been.</summary>
internal sealed class SaleEvents
{
    readonly List<StockEvent> _events = [];
    readonly Dictionary<Value, List<Operation>> _cancels = [];
    readonly Dictionary<Value, int> _firstAttempts = [];

    public SaleEvents(History history)
    {
        foreach (var operation in history.Operations)
            AddCancelOrAttempt(operation);
        var sold = new HashSet<Value>();
        foreach (var operation in history.Operations.OrderBy(o => o.CompletedAt))
            Add(operation, sold);
        _events.Sort(static (a, b) => a.At.CompareTo(b.At));
    }

    public bool AnyRestock { get; private set; }

    public int Sold { get; private set; }

    public int Refused { get; private set; }

    public int Cancelled => _cancels.Count;

    public List<Operation> NegativeReads { get; } = [];

    public IReadOnlyList<StockEvent> InOrder() => _events;

    static bool IsSale(Operation operation) => operation.Function is "sell" or "reserve" or "buy";

    static bool IsRefused(Operation operation) =>
        operation.Outcome == Outcome.Ok && operation.Output == Value.Of(false);

    // What carries no id is a sale of its own.
    static Value SaleOf(Operation operation) =>
        IdOf(operation) is { IsNil: false } id ? id : Value.List(operation.Index);

    void AddCancelOrAttempt(Operation operation)
    {
        if (!operation.MayHaveHappened || IsRefused(operation))
            return;
        var id = SaleOf(operation);
        if (IsSale(operation))
            _firstAttempts.TryAdd(id, operation.InvokedAt);
        if (operation.Function != "cancel")
            return;
        if (!_cancels.TryGetValue(id, out var cancels))
            _cancels.Add(id, cancels = []);
        cancels.Add(operation);
    }

    void Add(Operation operation, HashSet<Value> sold)
    {
        if (IsSale(operation))
        {
            Refused += IsRefused(operation) ? 1 : 0;
            // A client may ask twice with one id; the units go once.
            if (operation.Outcome == Outcome.Ok && !IsRefused(operation) && sold.Add(SaleOf(operation)))
                AddSale(operation);
        }
        else if (operation.Function == "restock" && operation.MayHaveHappened)
        {
            AnyRestock = true;
            AddEvent(operation.InvokedAt, StockChange.Restocked, operation);
        }
        else if (operation is { Function: Functions.Read, Outcome: Outcome.Ok }
            && IntegerOf(operation, operation.Output, "how many units are left") < 0)
        {
            NegativeReads.Add(operation);
        }
    }

    void AddSale(Operation sale)
    {
        Sold++;
        var begun = _firstAttempts[SaleOf(sale)];
        var (from, until) = Cancel(sale, begun);
        if (from > sale.CompletedAt)
        {
            AddEvent(sale.CompletedAt, StockChange.Sold, sale);
            if (from < int.MaxValue)
                AddEvent(from, StockChange.Returned, sale);
        }
        else
        {
            var since = Math.Max(begun, from);
            AddEvent(since, StockChange.Looked, sale);
            AddEvent(Math.Min(sale.CompletedAt, until), StockChange.SoldForAnInstant, sale, since);
            if (until < sale.CompletedAt)
                AddEvent(sale.CompletedAt, StockChange.SoldAfterAll, sale);
        }
    }

    // Several cancels that a sale may have met are taken as one, open from the first to the last of them.
    (int From, int Until) Cancel(Operation sale, int begun)
    {
        var (from, until) = (int.MaxValue, -1);
        foreach (var cancel in _cancels.GetValueOrDefault(SaleOf(sale), []))
            if (EndOfEffect(cancel) > begun)
                (from, until) = (Math.Min(from, cancel.InvokedAt), Math.Max(until, EndOfEffect(cancel)));
        return (from, until);
    }

    void AddEvent(int at, StockChange change, Operation operation, int since = 0)
    {
        var item = Field(operation.Input, "item", operation.Key);
        var quantity = Field(operation.Input, "quantity", Value.Nil);
        var units = quantity.IsNil ? 1 : IntegerOf(operation, quantity, "a quantity");
        if (units is < 0 or > int.MaxValue)
            throw Mistake(operation, $"a quantity between 0 and {int.MaxValue}", quantity);
        _events.Add(new(at, change, item.IsNil ? operation.Key : item, units, operation, since));
    }
}
