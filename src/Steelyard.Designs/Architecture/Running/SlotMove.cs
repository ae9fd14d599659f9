using Steelyard.Designs.Architecture.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>
/// Slots on their way to another shard: each is read as it is and sent piece by piece, no faster than is
/// wanted; what is written meanwhile is sent after it, until there is little of that. Then writes wait until
/// the other shard has the last of them.
/// </summary>
internal sealed class SlotMove(
    INodeWorld world, DatabasePart part, DatabaseState state, DatabaseDisk disk, MoveSlots order,
    Func<int, int> slotOf, double slotBytes)
{
    const double PieceBytes = 1 << 20;

    // So few rows are sent in a moment, for which writes can wait.
    const int FewRows = 20;

    // Where writes come faster than they are sent, catching up has no end.
    const int MostRounds = 20;

    // Disks may have much to do before; later than that the other one is gone.
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    readonly bool[] _isMoving = new bool[part.Shards * part.Slots];
    readonly List<Job> _waiting = [];
    List<Commit> _late = [];
    int _next;
    int _rounds;
    long _sent;
    long _awaited;
    Action _then = static () => { };
    bool _handsOver;
    long _handsOverSinceNs;

    /// <summary>What was ordered.</summary>
    public MoveSlots Order => order;

    /// <summary>Told how many bytes were sent.</summary>
    public required Action<double> Copied { get; init; }

    /// <summary>Told when the other shard has all that it is to have.</summary>
    public required Action<SlotMove> HasCopied { get; init; }

    /// <summary>Told when the other shard does not answer.</summary>
    public required Action<SlotMove> Failed { get; init; }

    /// <summary>Writes that wait for the hand-over.</summary>
    public IReadOnlyList<Job> Waiting => _waiting;

    /// <summary>Commits that the other shard was not sent.</summary>
    public IReadOnlyList<Commit> LeftBehind => _late;

    /// <summary>How long it has taken no writes, in ns.</summary>
    public long HandOverNs => _handsOver ? world.Clock.GetTimestamp() - _handsOverSinceNs : 0;

    /// <summary>A write came, or is to be committed; true where it waits.</summary>
    public bool HoldsBack(Job write, int slot)
    {
        if (!_handsOver || !_isMoving[slot])
            return false;
        _waiting.Add(write);
        return true;
    }

    /// <summary>A write is committed.</summary>
    public void Committed(in Commit commit, int slot)
    {
        if (_isMoving[slot])
            _late.Add(commit);
    }

    /// <summary>The other shard has a piece.</summary>
    public void Arrived(long number)
    {
        if (number != _awaited)
            return;
        _awaited = 0;
        _then();
    }

    /// <summary>Copies the next slot, or what was written meanwhile where there is none.</summary>
    public void CopyNext()
    {
        if (_next == order.Slots.Count)
        {
            CatchUp();
            return;
        }

        var slot = order.Slots[_next++];
        _isMoving[slot] = true;
        Copy(slotBytes, state.RowsOf(key => slotOf(key) == slot));
    }

    void Copy(double left, IReadOnlyList<Commit> rows)
    {
        var (bytes, beganNs) = (Math.Min(left, PieceBytes), world.Clock.GetTimestamp());
        var isLast = bytes >= left;
        Send(isLast ? rows : [], [], bytes, () =>
        {
            var leastNs = bytes * 1e3 / part.MoveRate;
            var restNs = leastNs - (world.Clock.GetTimestamp() - beganNs);
            world.SetTimer(TimeSpan.FromTicks((long)Math.Max(0, restNs / 100)), () =>
            {
                if (isLast)
                    CopyNext();
                else
                    Copy(left - bytes, rows);
            });
        });
    }

    void CatchUp()
    {
        if (part.HandOver == DatabasePart.NoHandOver)
        {
            HasCopied(this);
            return;
        }

        var (rows, isLast) = (_late, _late.Count <= FewRows || _rounds++ == MostRounds);
        _late = [];
        if (isLast)
            (_handsOver, _handsOverSinceNs) = (true, world.Clock.GetTimestamp());
        Send(
            rows, isLast && part.Dedup ? state.Seen : [], rows.Count * (double)part.RowBytes,
            isLast ? () => HasCopied(this) : CatchUp);
    }

    void Send(IReadOnlyList<Commit> rows, IReadOnlyList<long> seen, double bytes, Action then)
    {
        var number = ((long)order.Number << 32) | ++_sent;
        disk.Move(bytes, () =>
        {
            (_awaited, _then) = (number, then);
            Copied(bytes);
            world.Send(order.To, new MovedRows(number, rows, seen, (int)bytes));
            world.SetTimer(LongestAnswer, () =>
            {
                if (_awaited == number)
                    Failed(this);
            });
        });
    }
}
