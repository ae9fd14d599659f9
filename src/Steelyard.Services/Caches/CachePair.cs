using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Caches;

/// <summary>I am here, and this is how I see myself.</summary>
/// <param name="Epoch">Grows with each takeover; of two primaries the one with the lower steps down.</param>
/// <param name="IsPrimary">Whether it serves clients.</param>
/// <param name="Shipped">How many changes it has told of, in its epoch.</param>
internal sealed record CacheBeat(long Epoch, bool IsPrimary, long Shipped) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 17;
}

/// <summary>What changed on the primary.</summary>
/// <param name="Epoch">The primary's.</param>
/// <param name="First">The number of the first of the changes, from 1 up.</param>
/// <param name="Changes">Keys, each with its entry; null is none any more.</param>
internal sealed record CacheChanges(
    long Epoch, long First, IReadOnlyList<KeyValuePair<string, CacheEntry?>> Changes) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes =>
        EnvelopeBytes + 20 + Changes.Sum(change => (int)(change.Value?.SizeBytes ?? change.Key.Length));
}

/// <summary>The replica missed something: everything, please.</summary>
internal sealed record CacheCopyWanted(long Epoch) : Message;

/// <summary>Everything, as after a number of changes.</summary>
internal sealed record CacheCopy(long Epoch, long Number, IReadOnlyList<CacheEntry> Entries) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 20 + Entries.Sum(entry => (int)entry.SizeBytes);
}

/// <summary>
/// A cache host and its peer. The primary answers first and tells its replica later; a replica that misses
/// its primary takes over. No majority is asked, so a cut between them makes two primaries, and one of them
/// forgets when it heals: as caches are usually run (Redis replication with Sentinel promises no more).
/// </summary>
internal sealed class CachePair(INodeWorld world, NodeId? peer, bool isFirst, CacheOptions options)
    : IShowsState
{
    readonly CacheTable _table = new(options.SizeLimitBytes);
    readonly List<KeyValuePair<string, CacheEntry?>> _unshipped = [];
    long _epoch;
    long _number;
    TimeSpan _heard;
    bool _isShipmentDue;

    /// <summary>Whether this host serves clients.</summary>
    public bool IsPrimary { get; private set; }

    // The monotonic clock: wall clocks jump.
    TimeSpan Now => world.Clock.GetElapsedTime(0);

    /// <summary>Begins a life, empty.</summary>
    public void Start()
    {
        _heard = Now;
        if (peer is null)
            TakeOver();
        else
            Beat();
    }

    /// <inheritdoc/>
    public void ShowState(StateSheet sheet)
    {
        sheet.Add("epoch", _epoch);
        sheet.Add("role", IsPrimary ? "primary" : "replica");
        sheet.Add("size", _table.SizeBytes);
    }

    /// <summary>Does what a client asks; null when this host is not the primary.</summary>
    public CacheAnswer Answer(CacheRequest request)
    {
        if (!IsPrimary)
            return new(IsPrimary: false);
        var now = world.Clock.GetUtcNow();
        switch (request.Kind)
        {
            case CacheRequestKind.Set:
                Set(request, now);
                return new(IsPrimary: true);
            case CacheRequestKind.Remove:
                _table.Remove(request.Key);
                Note(request.Key, null);
                return new(IsPrimary: true);
            default:
                var used = _table.Use(request.Key, now);
                if (used?.Sliding is not null)
                    Note(request.Key, used);
                return new(IsPrimary: true, request.Kind == CacheRequestKind.Get ? used?.Value : null);
        }
    }

    /// <summary>A message of the peer arrived.</summary>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case CacheBeat beat:
                OnBeat(beat);
                break;
            case CacheChanges changes:
                OnChanges(changes);
                break;
            case CacheCopyWanted wanted when IsPrimary && wanted.Epoch == _epoch:
                world.Send(from, new CacheCopy(_epoch, _number, [.. _table.Entries]));
                break;
            case CacheCopyWanted:
                break;
            case CacheCopy copy:
                OnCopy(copy);
                break;
            default:
                throw new UnexpectedMessageException(world.Self, from, message);
        }
    }

    void Set(CacheRequest request, DateTimeOffset now)
    {
        DateTimeOffset? within = request.ExpiresIn is { } span ? CacheEntry.After(now, span) : null;
        var entry = new CacheEntry(
            request.Key, request.Value, within ?? request.ExpiresAt, request.Sliding, now);
        _table.Set(entry);
        Note(request.Key, entry);
    }

    void Note(string key, CacheEntry? entry)
    {
        if (peer is null)
            return;
        _unshipped.Add(new(key, entry));
        if (_isShipmentDue)
            return;
        _isShipmentDue = true;
        world.SetTimer(options.ShipDelay, Ship);
    }

    void Ship()
    {
        _isShipmentDue = false;
        if (_unshipped.Count == 0)
            return;
        world.Send(peer!.Value, new CacheChanges(_epoch, _number + 1, [.. _unshipped]));
        _number += _unshipped.Count;
        _unshipped.Clear();
    }

    void Beat()
    {
        if (!IsPrimary && Now - _heard >= options.FailoverTimeout)
            TakeOver();
        world.Send(peer!.Value, new CacheBeat(_epoch, IsPrimary, _number));
        world.SetTimer(options.FailoverTimeout / 3, Beat);
    }

    void TakeOver()
    {
        IsPrimary = true;
        _epoch++;
        _number = 0;
        _unshipped.Clear();
        if (world.IsTraced)
            world.Trace($"serves in epoch {_epoch}");
    }

    void OnBeat(CacheBeat beat)
    {
        if (!beat.IsPrimary)
        {
            // Neither has ever served: this is the birth of both. And one that knows more goes first.
            if (!IsPrimary && isFirst && beat.Epoch == 0 && _epoch == 0)
                TakeOver();
            else if (beat.Epoch > _epoch)
                _heard = Now;
            return;
        }

        if (IsOlder(beat.Epoch))
            return;
        if (beat.Epoch > _epoch || IsPrimary)
            Follow(beat.Epoch);
        _heard = Now;
        if (beat.Shipped > _number)
            world.Send(peer!.Value, new CacheCopyWanted(_epoch));
    }

    // Of two that took over in one epoch the first host stays.
    bool IsOlder(long epoch) => epoch < _epoch || (epoch == _epoch && IsPrimary && isFirst);

    void Follow(long epoch)
    {
        // What only this host knew is gone.
        if (IsPrimary)
            _table.Clear();
        IsPrimary = false;
        _epoch = epoch;
        _number = -1;
        _unshipped.Clear();
        if (world.IsTraced)
            world.Trace($"follows in epoch {_epoch}");
    }

    void OnChanges(CacheChanges changes)
    {
        if (IsPrimary || changes.Epoch != _epoch || changes.First != _number + 1)
            return;
        _number += changes.Changes.Count;
        foreach (var (key, entry) in changes.Changes)
            if (entry is null)
                _table.Remove(key);
            else
                _table.Set(entry);
    }

    void OnCopy(CacheCopy copy)
    {
        if (IsPrimary || copy.Epoch != _epoch || copy.Number < _number)
            return;
        _number = copy.Number;
        _table.Clear();
        foreach (var entry in copy.Entries)
            _table.Set(entry);
    }
}
