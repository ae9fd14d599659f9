using System.Text.Json;
using Steelyard.Histories;
using Steelyard.Services.Designs.Cart.Api;
using Steelyard.Services.Designs.Cart.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Cart;

/// <summary>Shoppers who share carts: they add entries, remove some, and look. New carts come up as old ones
/// fill. At the end every replica is read.</summary>
internal sealed class CartWorkload : IWorkload
{
    /// <summary>The function: puts an entry into a cart.</summary>
    public const string Add = "add";

    /// <summary>The function: takes one out.</summary>
    public const string Remove = "remove";

    /// <summary>The function: all entries of a cart.</summary>
    public const string Look = "look";

    const double LookShare = 0.45;
    const double AddShare = 0.4;
    const int EntriesOfCart = 20;
    const int CartsInUse = 2;

    int _entries;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_entries == 0 || turn.Random.Chance(AddShare))
            return Of(Add, ++_entries);
        var recent = Math.Min(_entries, EntriesOfCart * CartsInUse);
        var chosen = _entries - turn.Random.Next(recent);
        return turn.Random.Chance(LookShare / (1 - AddShare))
            ? new(Look, CartOf(chosen), Value.Nil)
            : Of(Remove, chosen);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => turn.Client != 0 ? []
        : CartScenario.Hosts.Select(host => new Invocation(Functions.ReplicaState, host, Value.Nil));

    // Neighbours in number lie in different carts.
    static string CartOf(int entry)
    {
        var group = (entry - 1) / (EntriesOfCart * CartsInUse);
        return $"c{(group * CartsInUse) + (entry % CartsInUse) + 1}";
    }

    static Invocation Of(string function, int entry) => new(function, CartOf(entry), $"e{entry}");
}

/// <summary>
/// A shopper: asks one replica after the other, as behind a balancer, and carries the version it knows from
/// one to the next; or stays with one.
/// </summary>
internal sealed class CartClient(IClientWorld world, IReadOnlyList<string> hosts, CartVariant variant)
    : RetryingHttpClient(world, hosts, CartScenario.Hosts)
{
    CartVersion _known = CartVersion.Nothing(CartScenario.Hosts.Count);
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
        string server, Invocation invocation, CancellationToken cancellation)
    {
        var (function, key, input) = invocation.Command;
        return function switch
        {
            CartWorkload.Add => Write(HttpMethod.Put, server, key, input, cancellation),
            CartWorkload.Remove => Write(HttpMethod.Delete, server, key, input, cancellation),
            CartWorkload.Look => Look(server, key, cancellation),
            _ => Get<List<EntryOfCart>>($"{server}/carts", ByCart, cancellation),
        };
    }

    async Task<Completion?> Write(
        HttpMethod method, string server, Value cart, Value entry, CancellationToken cancellation)
    {
        var address = $"http://{server}/carts/{cart.AsText}/entries/{entry.AsText}";
        var answer = await SendVersion<DoneAnswer>(method, address, variant.TokenHoldsWrites, cancellation);
        return answer is null ? null : Completion.Ok(Value.Nil);
    }

    async Task<Completion?> Look(string server, Value cart, CancellationToken cancellation)
    {
        var entries = await SendVersion<List<string>>(
            HttpMethod.Get, $"http://{server}/carts/{cart.AsText}", true, cancellation);
        return entries is null ? null : Completion.Ok(ListOf(entries));
    }

    static Value ByCart(List<EntryOfCart> entries) => Value.Map([.. entries.GroupBy(entry => entry.Cart)
        .Select(cart => ((Value)cart.Key, ListOf(cart.Select(entry => entry.Entry))))]);

    async Task<T?> SendVersion<T>(
        HttpMethod method, string address, bool remembers, CancellationToken cancellation)
        where T : class
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add(CartApi.Header, _known.ToString());
        using var answer = await Http.SendAsync(request, cancellation);
        if (!answer.IsSuccessStatusCode)
            return null;
        var read = JsonSerializer.Deserialize<T>(
            await answer.Content.ReadAsStringAsync(cancellation), JsonSerializerOptions.Web);
        if (remembers && CartVersion.Parse(
                answer.Headers.GetValues(CartApi.Header).First(), Servers.Count) is { } version)
            _known = _known.And(version);
        return read;
    }
}
