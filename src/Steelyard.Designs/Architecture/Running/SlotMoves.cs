using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// What an instance of a database does so that slots can move: counts what is asked for, gives slots away,
/// takes them, and sends on what still comes for those that are gone. A slot is gone when its primary says so
/// in the log of its shard: until then nobody else takes a request for it.
/// </summary>
internal sealed class SlotMoves
{
    readonly InstanceContext _context;
    readonly DatabasePart _part;
    readonly DatabaseState _state;
    readonly DatabaseDisk _disk;
    readonly ShardReplication _replication;
    readonly NodeId[] _instances;
    readonly int _keys;
    readonly long[] _asked;
    SlotMove? _move;

    public SlotMoves(
        InstanceContext context, DatabasePart part, DatabaseState state, DatabaseDisk disk,
        ShardReplication replication)
    {
        (_context, _part, _state, _disk, _replication) = (context, part, state, disk, replication);
        _instances = context.Directory.Of(part.Name);
        _keys = context.Graph.Keys;
        _asked = new long[part.Shards * part.Slots];
    }

    /// <summary>Told of jobs that waited for a hand-over, when it is over, wherever their slot is
    /// now.</summary>
    public required Action<IReadOnlyList<Job>> Resume { get; init; }

    INodeWorld World => _context.World;

    RebalanceMeter Meter => _context.Account.RebalanceOf(_part.Name);

    /// <summary>A request came.</summary>
    public void Asked(ClientRequest request) => _asked[SlotOf(request.Key)]++;

    /// <summary>The instance that has a key now; null is this one.</summary>
    public NodeId? ElsewhereOf(int key) =>
        _state.Gone.TryGetValue(SlotOf(key), out var instance) ? _instances[instance] : null;

    /// <summary>Lets a write wait where its slot is being handed over; false where it is not.</summary>
    public bool HoldsBack(Job write) =>
        _move is { } move && move.HoldsBack(write, SlotOf(write.Ask.Request.Key));

    /// <summary>A write is committed.</summary>
    public void Committed(in Commit commit) => _move?.Committed(commit, SlotOf(commit.Key));

    /// <summary>Takes a message about moves; false where it is another one.</summary>
    public bool Take(NodeId from, Message message)
    {
        switch (message)
        {
            case SlotLoadAsk:
                World.Send(from, new SlotLoad([.. _asked]));
                Array.Clear(_asked);
                return true;
            case MoveSlots order:
                Begin(from, order);
                return true;
            case MovedRows rows:
                if (_replication.Leads)
                    _disk.Move(rows.Bytes, () => Have(from, rows));
                return true;
            case MovedRowsOk ok:
                _move?.Arrived(ok.Number);
                return true;
            default:
                return false;
        }
    }

    int SlotOf(int key) => _part.SlotOf(key, _keys);

    void Begin(NodeId from, MoveSlots order)
    {
        if (!_replication.Leads || _move is not null)
            return;
        // It was done before, and whoever ordered it has not heard.
        if (order.Slots.All(_state.Gone.ContainsKey))
        {
            Announce(from, order);
            return;
        }

        _move = new(World, _part, _state, _disk, order, SlotOf, _part.SlotBytes(_keys))
        {
            Copied = Meter.Copied,
            HasCopied = move => Switch(from, move),
            Failed = move => GiveUp(from, move),
        };
        _move.CopyNext();
    }

    // Rows that are newer here came with an earlier message.
    void Have(NodeId from, MovedRows rows)
    {
        if (!_replication.Leads)
            return;
        var commits = new List<Commit>();
        foreach (var row in rows.Rows.Where(row => row.Version > _state.VersionOf(row.Key)))
        {
            var commit = row with { Sequence = _state.Sequence + 1 };
            _state.Apply(commit, _part.Dedup);
            commits.Add(commit);
        }

        _state.Know(rows.Seen);
        _replication.Replicate(commits, () => World.Send(from, new MovedRowsOk(rows.Number)));
    }

    void Switch(NodeId from, SlotMove move)
    {
        if (!_replication.Leads)
        {
            GiveUp(from, move);
            return;
        }

        foreach (var left in move.LeftBehind)
            _context.Account.Ledger.Forget(left.Request);
        var order = move.Order;
        var instance = Array.IndexOf(_instances, order.To);
        var commits = new List<Commit>();
        foreach (var slot in order.Slots)
        {
            commits.Add(Commit.OfGone(_state.Sequence + 1, slot, instance));
            _state.Apply(commits[^1], remembers: false);
        }

        _state.Drop(key => _state.Gone.ContainsKey(SlotOf(key)));
        _move = null;
        Meter.HandedOver(order.Slots.Count, move.Waiting.Count, move.HandOverNs);
        Resume(move.Waiting);
        _replication.Replicate(commits, () => Announce(from, order));
    }

    void GiveUp(NodeId from, SlotMove move)
    {
        _move = null;
        Resume(move.Waiting);
        World.Send(from, new MoveEnded(move.Order.Number, HasMoved: false));
    }

    void Announce(NodeId from, MoveSlots order)
    {
        _context.TellCallers(new SlotsMoved(_part.Name, order.Slots, order.Shard));
        World.Send(from, new MoveEnded(order.Number, HasMoved: true));
    }
}
