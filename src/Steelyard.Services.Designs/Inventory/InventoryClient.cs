using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Inventory;

/// <summary>A buyer: asks again under the id of its sale until it is answered.</summary>
/// <param name="world">What it may touch.</param>
/// <param name="hosts">The names of all hosts.</param>
/// <param name="splits">True where each host sells units of its own: a sale then belongs to one of
/// them.</param>
internal sealed class InventoryClient(IClientWorld world, IReadOnlyList<string> hosts, bool splits)
    : RetryingHttpClient(world, hosts, InventoryWorld.Hosts)
{
    /// <inheritdoc/>
    protected override string ServerFor(Invocation invocation, int attempt) =>
        splits && invocation.Function is InventoryWorkload.Sell or InventoryWorkload.Cancel
            ? Servers[(int)(invocation.Input["id"].AsInteger % Servers.Count)]
            : base.ServerFor(invocation, attempt);

    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation) => invocation.Function switch
    {
        InventoryWorkload.Sell => Sell(server, invocation.Input, cancellation),
        InventoryWorkload.Cancel => Cancel(server, invocation.Input, cancellation),
        _ => Read(server, invocation, cancellation),
    };

    async Task<Completion?> Sell(string server, Value sale, CancellationToken cancellation)
    {
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"http://{server}/sales/{sale["id"].AsInteger}?quantity={sale["quantity"].AsInteger}");
        var answer = await Post<DoneAnswer>(address, cancellation);
        return answer is null ? null : Completion.Ok(Value.Of(answer.Done));
    }

    async Task<Completion?> Cancel(string server, Value sale, CancellationToken cancellation)
    {
        var answer = await Delete<DoneAnswer>($"http://{server}/sales/{sale["id"].AsInteger}", cancellation);
        return answer is null ? null : Completion.Ok(Value.Of(answer.Done));
    }

    // Where the stock is split, all of it is the sum of the shares.
    async Task<Completion?> Read(string server, Invocation invocation, CancellationToken cancellation)
    {
        var (units, sold, standing) = (0L, new List<Value>(), new List<Value>());
        foreach (var shop in splits ? Servers : [server])
        {
            var state = await Get<StockState>($"http://{shop}/stock", cancellation);
            if (state is null || (invocation.Function == Functions.ReplicaState && state.Pending > 0))
                return null;
            units += state.Units;
            sold.AddRange(state.Sold.Select(IdOf));
            standing.AddRange(state.Standing.Select(IdOf));
        }

        return Completion.Ok(invocation.Function == Functions.Read ? units : Value.Map(
            ("units", units), ("applied", Value.List([.. sold])), ("standing", Value.List([.. standing]))));
    }

    static Value IdOf(string id) => long.Parse(id, CultureInfo.InvariantCulture);
}
