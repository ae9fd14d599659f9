using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Designs.WebTier.Api;

/// <summary>The hosts behind the balancer, and which of them are ready: each is asked several times a
/// second.</summary>
internal sealed class Backends(
    IReadOnlyList<string> hosts, bool checksHealth, TimeProvider time, IHttpClientFactory clients)
    : BackgroundService
{
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    readonly bool[] _areReady = [.. hosts.Select(_ => true)];

    /// <summary>The host for a visitor: the same one as long as it is ready, so that caches stay
    /// warm.</summary>
    /// <remarks>Rendezvous hashing (Thaler and Ravishankar 1998): when a host leaves, only its own visitors
    /// move.</remarks>
    /// <param name="visitor">Who asks.</param>
    /// <param name="tried">Hosts that failed already.</param>
    /// <returns>Null when no host is left.</returns>
    public string? For(string visitor, IReadOnlyList<string> tried) => hosts
        .Where((host, place) => _areReady[place] && !tried.Contains(host))
        .MaxBy(host => Weight(visitor, host));

    /// <summary>A host did not answer: it is left out until it says that it is ready.</summary>
    public void Miss(string host)
    {
        if (checksHealth)
            _areReady[Place(host)] = false;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (checksHealth && !stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(hosts.Select(host => Look(host, stoppingToken))).ConfigureAwait(false);
            await Task.Delay(Beat, time, stoppingToken).ConfigureAwait(false);
        }
    }

    async Task Look(string host, CancellationToken cancellation)
    {
        var isReady = false;
        try
        {
            using var answer = await clients.CreateClient("health")
                .GetAsync($"http://{host}/health", cancellation).ConfigureAwait(false);
            isReady = answer.IsSuccessStatusCode;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            // As good as "not ready".
        }

        _areReady[Place(host)] = isReady;
    }

    int Place(string host) => hosts.TakeWhile(other => other != host).Count();

    // FNV-1a, with a last stir (Murmur3's finalizer): names that differ in one letter must not be near.
    static ulong Weight(string visitor, string host)
    {
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var letter in $"{visitor}@{host}")
            hash = (hash ^ letter) * 1_099_511_628_211UL;
        hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCDUL;
        return hash ^ (hash >> 33);
    }
}
