namespace Steelyard.Simulation.Scheduling;

/// <summary>
/// Events in order of time, and of scheduling where times tie. A 4-ary heap of 16-byte keys (time, sequence
/// and slot) over a slab of events: sifting moves keys only, and four children share a cache line.
/// </summary>
/// <remarks>
/// A run that explores schedules would draw the order of ties here, by mixing a seed into the sequence.
/// </remarks>
/// <param name="mostWaiting">How many events may wait at once.</param>
internal sealed class EventQueue(long mostWaiting = EventQueue.MostSlots)
{
    /// <summary>More never fit.</summary>
    public const int MostSlots = 1 << (SlotBits - 1);

    const int SlotBits = 24;
    const int SlotMask = (1 << SlotBits) - 1;

    // The sequence stands above the slot, so comparing the whole word compares sequences first, and they are
    // unique.
    readonly record struct Key(long TimeNs, long SequenceAndSlot);

    Key[] _heap = new Key[256];
    Event[] _slots = new Event[256];
    int[] _free = new int[256];
    int _freeCount;
    int _used;
    long _sequence;

    // How many keys there are, with the hole.
    int _keys;

    // What was taken leaves a hole at the top: as a rule what happens then schedules one event, and that one
    // fills it.
    bool _hasHole;

    /// <summary>How many events wait.</summary>
    public int Count => _hasHole ? _keys - 1 : _keys;

    /// <summary>The time of the earliest event; <see cref="long.MaxValue"/> where none waits.</summary>
    public long EarliestNs
    {
        get
        {
            CloseHole();
            return _keys > 0 ? _heap[0].TimeNs : long.MaxValue;
        }
    }

    /// <summary>True once more events were to wait than may: those that were too many are lost, and the run
    /// is worth nothing from there on.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Schedules an event.</summary>
    /// <exception cref="TooManyEventsException">Too many wait already.</exception>
    public void Push(long timeNs, in Event scheduled)
    {
        var slot = TakeSlot();
        _slots[slot] = scheduled;
        var key = new Key(timeNs, (_sequence++ << SlotBits) | (uint)slot);
        if (_hasHole)
        {
            _hasHole = false;
            SiftDown(key);
            return;
        }

        if (_keys == _heap.Length)
            Array.Resize(ref _heap, _keys * 2);
        var heap = _heap;
        var at = _keys++;
        while (at > 0)
        {
            var parent = (at - 1) >> 2;
            if (!IsBefore(key, heap[parent]))
                break;
            heap[at] = heap[parent];
            at = parent;
        }

        heap[at] = key;
    }

    /// <summary>Takes the earliest event; there must be one.</summary>
    public long Pop(out Event earliest)
    {
        CloseHole();
        var top = _heap[0];
        _hasHole = true;
        var slot = (int)(top.SequenceAndSlot & SlotMask);
        earliest = _slots[slot];
        _slots[slot].Subject = null;
        _free[_freeCount++] = slot;
        return top.TimeNs;
    }

    /// <summary>Whether any event that waits is of some kind.</summary>
    public bool Any(Func<Event, bool> kind)
    {
        CloseHole();
        for (var at = 0; at < _keys; at++)
            if (kind(_slots[(int)(_heap[at].SequenceAndSlot & SlotMask)]))
                return true;
        return false;
    }

    /// <summary>Looks at every event that waits, in no order that means anything.</summary>
    public void Visit(Action<Event> look)
    {
        CloseHole();
        for (var at = 0; at < _keys; at++)
            look(_slots[(int)(_heap[at].SequenceAndSlot & SlotMask)]);
    }

    void CloseHole()
    {
        if (!_hasHole)
            return;
        _hasHole = false;
        if (--_keys > 0)
            SiftDown(_heap[_keys]);
    }

    void SiftDown(in Key key)
    {
        var heap = _heap.AsSpan(0, _keys);
        var at = 0;
        while (true)
        {
            var child = (at << 2) + 1;
            if (child >= heap.Length)
                break;
            var least = child + (child + 4 <= heap.Length
                ? LeastOfFour(heap.Slice(child, 4)) : LeastOf(heap[child..]));
            if (!IsBefore(heap[least], key))
                break;
            heap[at] = heap[least];
            at = least;
        }

        heap[at] = key;
    }

    // Nobody can foretell which child is the least, so that is computed and not branched upon.
    static int LeastOfFour(ReadOnlySpan<Key> children)
    {
        var left = One(IsBefore(children[1], children[0]));
        var right = 2 + One(IsBefore(children[3], children[2]));
        return left ^ ((left ^ right) & -One(IsBefore(children[right], children[left])));
    }

    static int LeastOf(ReadOnlySpan<Key> children)
    {
        var least = 0;
        for (var other = 1; other < children.Length; other++)
            if (IsBefore(children[other], children[least]))
                least = other;
        return least;
    }

    static int One(bool isSo) => isSo ? 1 : 0;

    int TakeSlot()
    {
        if (_freeCount > 0)
            return _free[--_freeCount];
        if (_used >= mostWaiting || _used >= MostSlots)
        {
            IsOverfull = true;
            throw new TooManyEventsException(_used);
        }

        if (_used == _slots.Length)
        {
            Array.Resize(ref _slots, _used * 2);
            Array.Resize(ref _free, _used * 2);
        }

        return _used++;
    }

    static bool IsBefore(in Key left, in Key right) =>
        (left.TimeNs < right.TimeNs)
        | ((left.TimeNs == right.TimeNs) & (left.SequenceAndSlot < right.SequenceAndSlot));
}
