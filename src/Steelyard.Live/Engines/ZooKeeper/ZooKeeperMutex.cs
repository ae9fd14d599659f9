using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>One client's side of a lock: it acquires, holds for a while, and releases.</summary>
internal sealed class ZooKeeperMutex(ZooKeeperSession session, ClientSeat seat, bool stalls)
{
    const double StallChance = 0.25;

    /// <summary>Longer than a session and the tick within which its end is noticed.</summary>
    public static readonly TimeSpan Stall = ZooKeeperSession.Lasts * 2;

    static readonly TimeSpan s_longHold = TimeSpan.FromMilliseconds(20);

    ZooKeeperLock? _held;

    /// <summary>Tries to take it, once.</summary>
    public async Task<Completion> Acquire(CancellationToken stop)
    {
        _held = await ZooKeeperLock.TryTake(session, ZooKeeperCluster.Locks, stop);
        return _held is null
            ? Completion.Fail("held by another")
            : Completion.Ok(Value.Map(
                ("token", _held.Token), ("client", seat.Process), ("session", $"{_held.Session:x}")));
    }

    /// <summary>Holds it for a while, or stands still for longer than it may.</summary>
    public async Task<Completion> Hold()
    {
        if (_held is null)
            return Completion.Fail("not held");
        var isStill = stalls && seat.Random.Chance(StallChance);
        session.IsStill = isStill;
        await Task.Delay(isStill ? Stall : seat.Random.Between(TimeSpan.Zero, s_longHold));
        session.IsStill = false;
        return Completion.Ok(isStill ? "stood still" : "steady");
    }

    /// <summary>Gives it back. Where it was lost in the meantime, its holder learns it now, and holds it no
    /// more either.</summary>
    public async Task<Completion> Release(CancellationToken stop)
    {
        if (_held is not { } held)
            return Completion.Fail("not held");
        _held = null;
        return Completion.Ok(await held.GiveBack(session, stop) ? Value.Nil : "was lost");
    }
}
