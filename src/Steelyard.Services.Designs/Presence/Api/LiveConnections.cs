using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Presence.Variants;

namespace Steelyard.Services.Designs.Presence.Api;

/// <summary>A connection of a user to this host.</summary>
internal sealed class LiveConnection(long number, int user, IReadOnlyList<int> friends, long seq)
{
    readonly CancellationTokenSource _ended = new();

    /// <summary>Its number; a user's later ones have higher ones.</summary>
    public long Number => number;

    /// <summary>Whose it is.</summary>
    public int User => user;

    /// <summary>Of whom he wants to know.</summary>
    public IReadOnlyList<int> Friends => friends;

    /// <summary>Up to where in the sequence of changes he was told.</summary>
    public long Seq { get; set; } = seq;

    /// <summary>When something was heard last, by the monotonic clock.</summary>
    public long HeardAt { get; set; }

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>It is over.</summary>
    public void End() => _ended.Cancel();
}

/// <summary>All connections to this host.</summary>
internal sealed class LiveConnections(
    Registry registry, Feed feed, TimeProvider time, PresenceVariant variant)
{
    readonly SortedDictionary<long, LiveConnection> _all = [];

    /// <summary>All of them, by number.</summary>
    public IReadOnlyList<LiveConnection> All => [.. _all.Values];

    /// <summary>The one of a number; null where there is none (any more).</summary>
    public LiveConnection? Find(long number) => _all.GetValueOrDefault(number);

    /// <summary>Takes one on, and tells everybody.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="users">How many users there are.</param>
    /// <param name="since">Up to where in the sequence of changes he knows all; 0 is nothing.</param>
    /// <returns>Null where the user has a later one elsewhere.</returns>
    public async Task<LiveConnection?> Open(long number, int user, int users, long since)
    {
        if (!await registry.Open(user, number).ConfigureAwait(false))
            return null;
        var from = since == 0 || variant.Resyncs ? since : Math.Max(since, feed.Head);
        var live = new LiveConnection(number, user, [.. Friends.Of(user, users)], from)
        {
            HeardAt = time.GetTimestamp(),
        };
        _all[number] = live;
        return live;
    }

    /// <summary>Lets one go, and tells everybody. Where the registry is away, the lease will do.</summary>
    public async Task Close(LiveConnection live)
    {
        if (!_all.Remove(live.Number))
            return;
        live.End();
        try
        {
            await registry.Close(live.User, live.Number).ConfigureAwait(false);
        }
        catch (Exception failure) when (Unavailable.IsAway(failure))
        {
            // The lease ends by itself.
        }
    }
}
