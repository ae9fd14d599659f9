using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>A list in one node that is read, and written whole, under a lock.</summary>
internal sealed class ZooKeeperLockedList(
    ZooKeeperSession session, ClientSeat seat, ZooKeeperChoices choices)
{
    const double StallChance = 0.1;

    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(50);

    /// <summary>The list as it is.</summary>
    public async Task<Completion> Read(CancellationToken stop)
    {
        if (choices.ReadsAreSynced)
            await session.Sync(ZooKeeperCluster.List, stop);
        return Completion.Ok(Value.List([.. (await List(stop)).Order().Select(number => (Value)number)]));
    }

    /// <summary>Adds a number, if the lock is to be had in time.</summary>
    public async Task<Completion> Add(long number)
    {
        ZooKeeperLock? held;
        try
        {
            held = await Take();
        }
        catch (Exception silent) when (silent is IOException or OperationCanceledException)
        {
            held = null;
        }

        if (held is null)
            // Only who has it writes.
            return Completion.Fail("no lock");
        using var time = new CancellationTokenSource(seat.Patience + ZooKeeperMutex.Stall);
        List<long> list = [.. await List(time.Token), number];
        await MayStandStill();
        // As ZooKeeper's own client does by itself, in a new session where the old one is over.
        await session.Connect(time.Token);
        var data = string.Join(',', list.Select(ZooKeeperRequests.Text));
        if (choices.IsFenced)
            await session.SetDataWhile(held.Ticket, ZooKeeperCluster.List, data, time.Token);
        else
            await session.SetData(ZooKeeperCluster.List, data, ZooKeeperRequests.AnyVersion, time.Token);
        await GiveBack(held);
        return Completion.Ok(Value.Nil);
    }

    async Task<ZooKeeperLock?> Take()
    {
        using var time = new CancellationTokenSource(seat.Patience);
        while (!time.IsCancellationRequested)
        {
            using var once = new CancellationTokenSource(seat.Patience);
            if (await ZooKeeperLock.TryTake(session, ZooKeeperCluster.Tickets, once.Token) is { } held)
                return held;
            await Task.Delay(s_again);
        }

        return null;
    }

    async Task MayStandStill()
    {
        if (!choices.HoldersStall || !seat.Random.Chance(StallChance))
            return;
        session.IsStill = true;
        await Task.Delay(ZooKeeperMutex.Stall);
        session.IsStill = false;
    }

    // The number is added whatever becomes of the ticket, which goes with the session at the latest.
    async Task GiveBack(ZooKeeperLock held)
    {
        using var time = new CancellationTokenSource(seat.Patience);
        try
        {
            await held.GiveBack(session, time.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            session.Abandon();
        }
    }

    async Task<List<long>> List(CancellationToken stop) =>
        [.. (await session.GetData(ZooKeeperCluster.List, stop)).Data
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
}
