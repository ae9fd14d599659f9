using Steelyard.Services.Networking;
using Steelyard.Services.Stores.Wire;

namespace Steelyard.Services.Stores;

/// <summary>Finds the primary among the hosts of a store.</summary>
internal sealed class WorldStore(
    string name, string[] hosts, HostNetwork network) : IWorldStore
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan s_patienceForOne = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);

    int _primary;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<StoreTransaction> BeginAsync(
        StoreIsolation? isolation = null, CancellationToken cancellationToken = default)
    {
        var request = new StoreRequest(StoreRequestKind.Begin, Isolation: isolation);
        var start = network.Clock.GetTimestamp();
        for (var asked = 1; ; asked++)
        {
            if (await Ask(_primary, request, cancellationToken).ConfigureAwait(false) is { } link)
                return new(link);
            if (network.Clock.GetElapsedTime(start) >= s_patience)
                throw new StoreException(StoreError.Unavailable, $"no host of {name} is the primary");
            if (asked % hosts.Length == 0)
                await Task.Delay(s_pause, network.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<StoreTransaction> BeginOnHostAsync(
        int host, CancellationToken cancellationToken = default)
    {
        if (host < 1 || host > hosts.Length)
            throw new ArgumentOutOfRangeException(
                nameof(host), host, $"{name} has the hosts 1 to {hosts.Length}");
        return await Ask(host - 1, new(StoreRequestKind.BeginHere), cancellationToken).ConfigureAwait(false)
            is { } link
            ? new(link)
            : throw new StoreException(StoreError.Unavailable, $"{hosts[host - 1]} did not answer");
    }

    // Null when it did not answer, or is not the primary; then the next one to ask is chosen.
    async Task<StoreLink?> Ask(int host, StoreRequest request, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(s_patienceForOne, network.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        StoreLink? link = null;
        string? hint = null;
        try
        {
            link = await StoreLink.Open(network, hosts[host], either.Token).ConfigureAwait(false);
            var answer = await link.Exchange(request, either.Token).ConfigureAwait(false);
            if (answer.Error == StoreError.None)
                return link;
            hint = answer.Value;
        }
        catch (Exception failure) when (failure
            is StoreException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        link?.Dispose();
        var place = hint is null ? -1 : Array.IndexOf(hosts, hint);
        _primary = place >= 0 && place != host ? place : (host + 1) % hosts.Length;
        return null;
    }
}
