using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Cart;

/// <summary>
/// A shopper: asks one replica after the other, as behind a balancer, and carries the version it knows from
/// one to the next; or stays with one.
/// </summary>
internal sealed class CartClient(IClientWorld world, IReadOnlyList<string> hosts, CartVariant variant)
    : RetryingHttpClient(world, hosts, CartWorld.Hosts)
{
    CartVersion _known = CartVersion.Nothing(CartWorld.Hosts.Count);
    int _operations;

    /// <inheritdoc/>
    public override ValueTask<Completion> Invoke(Invocation invocation)
    {
        _operations++;
        return base.Invoke(invocation);
    }

    /// <inheritdoc/>
    protected override string ServerFor(Invocation invocation, int attempt) =>
        invocation.Function == Functions.ReplicaState ? invocation.Key.AsText
        : variant.StaysWithReplica ? Servers[World.Process % Servers.Count]
        : Servers[(World.Process + _operations + attempt) % Servers.Count];

    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation) => invocation.Function switch
    {
        CartWorkload.Add => Write(HttpMethod.Put, server, invocation, cancellation),
        CartWorkload.Remove => Write(HttpMethod.Delete, server, invocation, cancellation),
        CartWorkload.Look => Look(server, invocation.Key, cancellation),
        _ => ReadReplica(server, cancellation),
    };

    async Task<Completion?> Write(
        HttpMethod method, string server, Invocation invocation, CancellationToken cancellation)
    {
        var address = $"http://{server}/carts/{invocation.Key.AsText}/entries/{invocation.Input.AsText}";
        var answer = await Send<DoneAnswer>(method, address, variant.TokenHoldsWrites, cancellation);
        return answer is null ? null : Completion.Ok(Value.Nil);
    }

    async Task<Completion?> Look(string server, Value cart, CancellationToken cancellation)
    {
        var entries = await Send<List<string>>(
            HttpMethod.Get, $"http://{server}/carts/{cart.AsText}", true, cancellation);
        return entries is null ? null : Completion.Ok(Value.List([.. entries.Select(entry => (Value)entry)]));
    }

    async Task<Completion?> ReadReplica(string server, CancellationToken cancellation)
    {
        var entries = await Get<List<EntryOfCart>>($"http://{server}/carts", cancellation);
        return entries is null ? null : Completion.Ok(Value.Map([.. entries.GroupBy(entry => entry.Cart)
            .Select(cart => ((Value)cart.Key, Value.List([.. cart.Select(entry => (Value)entry.Entry)])))]));
    }

    async Task<T?> Send<T>(HttpMethod method, string address, bool remembers, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add(CartApplication.Header, _known.ToString());
        using var answer = await Http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            return null;
        var read = JsonSerializer.Deserialize<T>(
            await answer.Content.ReadAsStringAsync(cancellation), JsonSerializerOptions.Web);
        if (remembers && CartVersion.Parse(
                answer.Headers.GetValues(CartApplication.Header).First(), Servers.Count) is { } version)
            _known = _known.And(version);
        return read;
    }
}
