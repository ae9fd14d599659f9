using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Inventory.Api;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>Sales of a few units each, cancellations of sales before, and looks at what is left. At the end
/// everybody reads the whole stock.</summary>
internal sealed class InventoryWorkload : IWorkload
{
    /// <summary>The function: one sale.</summary>
    public const string Sell = "sell";

    /// <summary>The function: gives the units of a sale back.</summary>
    public const string Cancel = "cancel";

    const int MostUnits = 3;
    const double SaleShare = 0.6;
    const double CancelShare = 0.3;

    int _sales;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_sales == 0 || turn.Random.Chance(SaleShare))
            return new(Sell, InventoryScenario.Item, Value.Map(
                ("id", ++_sales), ("item", InventoryScenario.Item),
                ("quantity", 1 + turn.Random.Next(MostUnits))));
        return turn.Random.Chance(CancelShare / (1 - SaleShare))
            ? new(Cancel, InventoryScenario.Item, Value.Map(("id", 1 + turn.Random.Next(_sales))))
            : new(Functions.Read, InventoryScenario.Item, Value.Nil);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client == 0 ? [new(Functions.ReplicaState, "stock", Value.Nil)] : [];
}

/// <summary>A buyer: asks again under the id of its sale until it is answered.</summary>
/// <param name="world">What it may touch.</param>
/// <param name="hosts">The names of all hosts.</param>
/// <param name="splits">True where each host sells units of its own: a sale then belongs to one of
/// them.</param>
internal sealed class InventoryClient(IClientWorld world, IReadOnlyList<string> hosts, bool splits)
    : RetryingHttpClient(world, hosts, InventoryScenario.Hosts)
{
    /// <inheritdoc/>
    protected override string ServerFor(Invocation invocation, int attempt) =>
        splits && invocation.Function is InventoryWorkload.Sell or InventoryWorkload.Cancel
            ? Servers[(int)(invocation.Input["id"].AsInteger % Servers.Count)]
            : base.ServerFor(invocation, attempt);

    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation)
    {
        var (function, _, input) = invocation.Command;
        return function switch
        {
            InventoryWorkload.Sell => Do(
                HttpMethod.Post, $"{server}/sales/{input["id"]}?quantity={input["quantity"]}", cancellation),
            InventoryWorkload.Cancel => Do(HttpMethod.Delete, $"{server}/sales/{input["id"]}", cancellation),
            _ => Read(server, isLast: function == Functions.ReplicaState, cancellation),
        };
    }

    // Where the stock is split, all of it is the sum of the shares.
    async Task<Completion?> Read(string server, bool isLast, CancellationToken cancellation)
    {
        var (units, sold, standing) = (0L, new List<Value>(), new List<Value>());
        foreach (var shop in splits ? Servers : [server])
        {
            var state = await Send<StockState>(HttpMethod.Get, $"{shop}/stock", cancellation);
            if (state is null || (isLast && state.Pending > 0))
                return null;
            units += state.Units;
            sold.AddRange(state.Sold.Select(IdOf));
            standing.AddRange(state.Standing.Select(IdOf));
        }

        return Completion.Ok(!isLast ? units : Value.Map(
            ("units", units), ("applied", Value.List([.. sold])), ("standing", Value.List([.. standing]))));
    }

    static Value IdOf(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
