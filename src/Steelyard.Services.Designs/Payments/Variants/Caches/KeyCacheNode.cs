using System.Net.Http.Json;
using Microsoft.Extensions.Hosting;

namespace Steelyard.Services.Designs.Payments.Variants.Caches;

/// <summary>
/// One of a pair of caches as they are usually run: memory only; the primary answers a write and then tells
/// its replica; a replica that misses its primary takes over. A write that was acknowledged and not yet told
/// is lost with the primary (Redis replication and Sentinel promise no more).
/// </summary>
internal sealed class KeyCacheNode(
    string peer, bool beginsAsPrimary, TimeProvider time, IHttpClientFactory clients) : BackgroundService
{
    const int MostMisses = 3;
    static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    readonly SortedDictionary<string, KeyCacheEntry> _entries = new(StringComparer.Ordinal);
    int _misses;

    /// <summary>Whether it takes writes now.</summary>
    public CacheRole Role { get; private set; } = new(false, 0);

    /// <summary>What it holds.</summary>
    public IEnumerable<KeyCacheEntry> Entries => _entries.Values;

    /// <summary>Writes an entry unless its key is taken.</summary>
    /// <returns>The entry that took it before; null when it was free.</returns>
    public KeyCacheEntry? SetIfFree(KeyCacheEntry entry)
    {
        if (_entries.TryGetValue(entry.Key, out var present)
            && present.ExpiresMs > time.GetUtcNow().ToUnixTimeMilliseconds())
            return present;
        Set(entry);
        return null;
    }

    /// <summary>Writes an entry, and lets the replica know some time.</summary>
    public void Set(KeyCacheEntry entry)
    {
        Take(entry);
        _ = TellReplica(entry);
    }

    /// <summary>Writes an entry that the primary told of.</summary>
    public void Take(KeyCacheEntry entry) => _entries[entry.Key] = entry;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A primary that was away must not come back as one where its replica has taken over.
        if (await Ask(stoppingToken).ConfigureAwait(false) is not { IsPrimary: true } && beginsAsPrimary)
            Role = new(true, 1);
        while (!stoppingToken.IsCancellationRequested)
        {
            Heed(await Ask(stoppingToken).ConfigureAwait(false));
            if (!Role.IsPrimary && _misses == 0)
                await CopyAll(stoppingToken).ConfigureAwait(false);
            await Task.Delay(Beat, time, stoppingToken).ConfigureAwait(false);
        }
    }

    void Heed(CacheRole? other)
    {
        _misses = other is { IsPrimary: true } ? 0 : _misses + 1;
        if (other is { IsPrimary: true } && other.Epoch > Role.Epoch)
        {
            // What only the lower one of two primaries knew is gone.
            if (Role.IsPrimary)
                _entries.Clear();
            Role = new(false, other.Epoch);
        }
        else if (!Role.IsPrimary && _misses >= MostMisses)
        {
            Role = new(true, Math.Max(Role.Epoch, other?.Epoch ?? 0) + 1);
        }
    }

    async Task<CacheRole?> Ask(CancellationToken cancellation)
    {
        try
        {
            return await Peer().GetFromJsonAsync<CacheRole>($"http://{peer}/role", cancellation)
                .ConfigureAwait(false);
        }
        catch (Exception failure) when (IsAbsence(failure, cancellation))
        {
            return null;
        }
    }

    // Only at the start of a replica's life is this a lot: it knows the rest from the primary's own words.
    async Task CopyAll(CancellationToken cancellation)
    {
        if (_entries.Count > 0)
            return;
        try
        {
            var all =
                await Peer().GetFromJsonAsync<List<KeyCacheEntry>>($"http://{peer}/entries", cancellation)
                .ConfigureAwait(false);
            all?.ForEach(Take);
        }
        catch (Exception failure) when (IsAbsence(failure, cancellation))
        {
            // The next beat tries again.
        }
    }

    async Task TellReplica(KeyCacheEntry entry)
    {
        try
        {
            using var _ =
                await Peer().PostAsJsonAsync($"http://{peer}/replicate", entry).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsAbsence(failure, default))
        {
            // Asynchronous replication: nobody waits, and nobody is told.
        }
    }

    HttpClient Peer() => clients.CreateClient("cache");

    static bool IsAbsence(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException
        || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);
}
