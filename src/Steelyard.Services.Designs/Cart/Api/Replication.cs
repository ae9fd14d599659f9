using System.Net.Http.Json;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Api;

/// <summary>Fetches from other replicas what this one lacks.</summary>
internal sealed class Replication(Carts carts, CartReplica replica, IHttpClientFactory clients)
{
    /// <summary>The name of the client that speaks to other replicas.</summary>
    public const string Client = "replicas";

    /// <summary>Asks each other replica once.</summary>
    /// <returns>Whether one of them has more.</returns>
    public async Task<bool> Fetch(CancellationToken cancellation)
    {
        var hasMore = false;
        for (var place = 0; place < CartScenario.Hosts.Count; place++)
            if (place != replica.Place)
                hasMore |= await FetchFrom(CartScenario.Hosts[place], cancellation).ConfigureAwait(false);
        return hasMore;
    }

    /// <summary>The same, where it matters little who is away.</summary>
    public async Task TryFetch(CancellationToken cancellation)
    {
        try
        {
            await Fetch(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure)
            when (Unavailable.IsAway(failure) && !cancellation.IsCancellationRequested)
        {
            // It stays behind, and says so.
        }
    }

    async Task<bool> FetchFrom(string host, CancellationToken cancellation)
    {
        var version = await carts.Version(cancellation).ConfigureAwait(false);
        using var client = clients.CreateClient(Client);
        var changes = await client.GetFromJsonAsync<List<CartChange>>(
            new Uri($"http://{host}/changes?after={version}"), cancellation).ConfigureAwait(false);
        if (changes!.Count > 0)
            await carts.Apply(changes, cancellation).ConfigureAwait(false);
        return changes.Count == Carts.MostChanges;
    }
}

/// <summary>Does so again and again.</summary>
internal sealed class ReplicationWorker(Replication replication, TimeProvider time) : Repeating(time)
{
    /// <inheritdoc/>
    protected override Task<bool> Turn(CancellationToken cancellation) => replication.Fetch(cancellation);
}
