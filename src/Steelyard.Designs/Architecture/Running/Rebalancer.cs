using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Looks how often the slots of a database are asked for, and has some of them move: at a stated
/// time, or whenever a shard is asked for too much more than the others.</summary>
internal sealed class Rebalancer : INode
{
    static readonly TimeSpan Looks = TimeSpan.FromSeconds(5);
    static readonly TimeSpan ReportsTake = TimeSpan.FromMilliseconds(100);

    // Whoever should move slots may have crashed, and knows nothing of it.
    static readonly TimeSpan OrdersAgain = TimeSpan.FromSeconds(5);

    readonly InstanceContext _context;
    readonly DatabasePart _database;
    readonly RebalancerState _state;
    readonly RebalanceMeter _meter;
    readonly NodeId[] _instances;
    readonly int[] _primary;
    readonly int[] _epoch;
    readonly long[] _asked;

    public Rebalancer(InstanceContext context, DatabasePart database)
    {
        (_context, _database) = (context, database);
        _state = context.Kept.Of<RebalancerState>();
        _state.Begin(database);
        _meter = context.Account.RebalanceOf(database.Name);
        _instances = context.Directory.Of(database.Name);
        var copies = 1 + database.Replicas;
        _primary = [.. Enumerable.Range(0, database.AllShards).Select(shard => shard * copies)];
        _epoch = new int[database.AllShards];
        _asked = new long[database.Shards * database.Slots];
    }

    INodeWorld World => _context.World;

    /// <inheritdoc/>
    public void Start()
    {
        _context.Meter.Begin(workers: null);
        Order();
        if (_database.RebalanceAt is { } at && at - Now is var left && left >= ReportsTake)
        {
            World.SetTimer(Longest(left - ReportsTake - Looks, TimeSpan.Zero), Ask);
            World.SetTimer(left - ReportsTake, Ask);
            World.SetTimer(left, () => Decide(over: 1));
        }

        if (_database.RebalanceOver > 0)
            World.SetTimer(Looks, Look);
    }

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case SlotLoad load:
                for (var slot = 0; slot < _asked.Length; slot++)
                    _asked[slot] += load.Asked[slot];
                break;
            case MoveEnded ended:
                Ended(ended);
                break;
            case Promoted news when news.Epoch > _epoch[news.Shard]:
                (_epoch[news.Shard], _primary[news.Shard]) = (news.Epoch, news.Instance);
                break;
            // It knows where it had slots moved to, and waits for instances that are away.
            case DatabaseNews or Announcement:
                break;
            default:
                throw new UnexpectedMessageException(World.Self, from, message);
        }
    }

    TimeSpan Now => TimeSpan.FromTicks(_context.Account.NowNs / 100);

    static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;

    void Look()
    {
        Ask();
        World.SetTimer(ReportsTake, () => Decide(_database.RebalanceOver));
        World.SetTimer(Looks, Look);
    }

    // What they answer is what was since they were asked before.
    void Ask()
    {
        Array.Clear(_asked);
        foreach (var instance in _instances)
            World.Send(instance, new SlotLoadAsk());
    }

    void Decide(double over)
    {
        if (_state.Plan.Count > 0
            || RebalancePlan.Unevenness(_asked, _state.ShardOf, _database.AllShards) <= over)
            return;
        // A slot moves once: whoever knows only where it was at first finds it all the same.
        bool HasMoved(int slot) => _state.ShardOf[slot] != _database.HomeOf(slot);
        foreach (var move in RebalancePlan.Of(_asked, _state.ShardOf, _database.AllShards, HasMoved))
            _state.Plan.Enqueue(move);
        if (_state.Plan.Count > 0)
            _meter.Begin();
        Order();
    }

    void Order()
    {
        if (!_state.Plan.TryPeek(out var next))
            return;
        var number = _state.Number;
        World.Send(
            _instances[_primary[next.From]],
            new MoveSlots(number, next.Slots, next.To, _instances[_primary[next.To]]));
        World.SetTimer(OrdersAgain, () =>
        {
            if (number == _state.Number)
                Order();
        });
    }

    // What has not moved is ordered again when its time comes.
    void Ended(MoveEnded ended)
    {
        if (ended.Number != _state.Number || !ended.HasMoved)
            return;
        _state.Number++;
        var moved = _state.Plan.Dequeue();
        foreach (var slot in moved.Slots)
            _state.ShardOf[slot] = moved.To;
        if (_state.Plan.Count == 0)
            _meter.End();
        else
            Order();
    }
}

/// <summary>What outlives a crash of a rebalancer.</summary>
internal sealed class RebalancerState
{
    /// <summary>The shard of each slot.</summary>
    public int[] ShardOf { get; private set; } = [];

    /// <summary>What is to move, the first now.</summary>
    public Queue<SlotsToMove> Plan { get; } = new();

    /// <summary>The number of that.</summary>
    public int Number { get; set; } = 1;

    public void Begin(DatabasePart database)
    {
        if (ShardOf.Length == 0)
            ShardOf = [.. Enumerable.Range(0, database.Shards * database.Slots).Select(database.HomeOf)];
    }
}
