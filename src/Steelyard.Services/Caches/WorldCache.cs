using Microsoft.Extensions.Caching.Distributed;
using Steelyard.Services.Databases;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Caches;

/// <summary>A cache of the world as an application sees it. Everything must be asked for with its async
/// method: the world has one worker, and a call that blocks it could never end.</summary>
internal sealed class WorldCache(string name, string[] hosts, HostNetwork network) : IDistributedCache
{
    // A host that is cut off says nothing; the connection itself would be kept for minutes.
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    readonly Stack<FrameLink>[] _idle = [.. hosts.Select(_ => new Stack<FrameLink>())];
    int _primary;

    /// <inheritdoc/>
    public byte[]? Get(string key) => throw WorldDb.Blocking("Get", "GetAsync");

    /// <inheritdoc/>
    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        Ask(new(CacheRequestKind.Get, key, []), token);

    /// <inheritdoc/>
    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) =>
        throw WorldDb.Blocking("Set", "SetAsync");

    /// <inheritdoc/>
    public Task SetAsync(
        string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        return Ask(
            new(
                CacheRequestKind.Set, key, value, options.AbsoluteExpiration,
                options.AbsoluteExpirationRelativeToNow, options.SlidingExpiration),
            token);
    }

    /// <inheritdoc/>
    public void Refresh(string key) => throw WorldDb.Blocking("Refresh", "RefreshAsync");

    /// <inheritdoc/>
    public Task RefreshAsync(string key, CancellationToken token = default) =>
        Ask(new(CacheRequestKind.Refresh, key, []), token);

    /// <inheritdoc/>
    public void Remove(string key) => throw WorldDb.Blocking("Remove", "RemoveAsync");

    /// <inheritdoc/>
    public Task RemoveAsync(string key, CancellationToken token = default) =>
        Ask(new(CacheRequestKind.Remove, key, []), token);

    // An idle connection may have broken unnoticed, so each host is asked a second time, on a fresh one.
    async Task<byte[]?> Ask(CacheRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request.Key);
        Exception? failure = null;
        for (var asked = 0; asked < 2 * hosts.Length; asked++)
        {
            var host = _primary;
            try
            {
                var answer = await Ask(host, request, cancellation).ConfigureAwait(false);
                if (answer.IsPrimary)
                    return answer.Value;
            }
            catch (Exception broken) when (broken is IOException or OperationCanceledException)
            {
                cancellation.ThrowIfCancellationRequested();
                failure = broken;
            }

            if (_primary == host)
                _primary = (host + 1) % hosts.Length;
        }

        throw new WorldCacheException($"no host of {name} serves", failure);
    }

    async Task<CacheAnswer> Ask(int host, CacheRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(s_patience, network.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        if (!_idle[host].TryPop(out var link))
            link = await FrameLink.Open(network, hosts[host], CacheNode.Port, either.Token)
                .ConfigureAwait(false);
        try
        {
            var answer = await link.Exchange(CacheWords.Of(request), either.Token).ConfigureAwait(false);
            _idle[host].Push(link);
            return CacheWords.Answer(answer);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            link.Dispose();
            // Those that were idle as long are as old.
            DropIdle(host);
            throw;
        }
    }

    void DropIdle(int host)
    {
        while (_idle[host].TryPop(out var link))
            link.Dispose();
    }
}

/// <summary>No host of a cache of the world answered in time. A change that was asked for may have happened
/// all the same.</summary>
public sealed class WorldCacheException : IOException
{
    internal WorldCacheException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
