using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>Closes connections that fell silent: a device that lost its network says nothing of it.</summary>
internal sealed class HeartbeatKeeper(LiveConnections connections, TimeProvider time) : Repeating(time)
{
    /// <summary>How often a client says that it is there.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>After how long a silence it is taken for gone: four beats.</summary>
    public static readonly TimeSpan Silence = 4 * Every;

    readonly TimeProvider _time = time;

    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        foreach (var live in connections.All)
            if (_time.GetElapsedTime(live.HeardAt) > Silence)
                await connections.Close(live).ConfigureAwait(false);
        return false;
    }
}

/// <summary>Renews the leases of all connections to this host. One that has lost its own is closed: its
/// user is online elsewhere, or must come again to be seen.</summary>
internal sealed class LeaseKeeper(Registry registry, LiveConnections connections, TimeProvider time)
    : Repeating(time, TimeSpan.FromMilliseconds(750))
{
    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        var mine = connections.All;
        if (mine.Count == 0)
            return false;
        var renewed = await registry.Renew([.. mine.Select(live => live.Number)]).ConfigureAwait(false);
        var leased = new SortedSet<long>(renewed);
        foreach (var live in mine)
            if (!leased.Contains(live.Number))
                await connections.Close(live).ConfigureAwait(false);
        return false;
    }
}

/// <summary>Takes users offline whose lease is over: their host is gone, or cut off.</summary>
internal sealed class Sweeper(Registry registry, TimeProvider time) : Repeating(time)
{
    /// <inheritdoc/>
    protected override async Task<bool> Turn(CancellationToken cancellation)
    {
        await registry.Sweep().ConfigureAwait(false);
        return false;
    }
}
