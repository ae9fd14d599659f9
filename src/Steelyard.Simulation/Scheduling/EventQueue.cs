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

    /// <summary>How many events wait.</summary>
    public int Count { get; private set; }

    /// <summary>The time of the earliest event; <see cref="long.MaxValue"/> where none waits.</summary>
    public long EarliestNs => Count > 0 ? _heap[0].TimeNs : long.MaxValue;

    /// <summary>True once more events were to wait than may: those that were too many are lost, and the run
    /// is worth nothing from there on.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>Schedules an event.</summary>
    /// <exception cref="TooManyEventsException">Too many wait already.</exception>
    public void Push(long timeNs, in Event scheduled)
    {
        var slot = TakeSlot();
        _slots[slot] = scheduled;
        if (Count == _heap.Length)
            Array.Resize(ref _heap, Count * 2);
        var key = new Key(timeNs, (_sequence++ << SlotBits) | (uint)slot);
        var heap = _heap;
        var at = Count++;
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
        var top = _heap[0];
        Count--;
        if (Count > 0)
            SiftDown(_heap[Count]);
        var slot = (int)(top.SequenceAndSlot & SlotMask);
        earliest = _slots[slot];
        _slots[slot].Subject = null;
        _free[_freeCount++] = slot;
        return top.TimeNs;
    }

    /// <summary>Whether any event that waits is of some kind.</summary>
    public bool Any(Func<Event, bool> kind)
    {
        for (var at = 0; at < Count; at++)
            if (kind(_slots[(int)(_heap[at].SequenceAndSlot & SlotMask)]))
                return true;
        return false;
    }

    /// <summary>Looks at every event that waits, in no order that means anything.</summary>
    public void Visit(Action<Event> look)
    {
        for (var at = 0; at < Count; at++)
            look(_slots[(int)(_heap[at].SequenceAndSlot & SlotMask)]);
    }

    void SiftDown(Key key)
    {
        var heap = _heap;
        var at = 0;
        while (true)
        {
            var child = (at << 2) + 1;
            if (child >= Count)
                break;
            var least = child;
            var end = Math.Min(child + 4, Count);
            for (var other = child + 1; other < end; other++)
                if (IsBefore(heap[other], heap[least]))
                    least = other;
            if (!IsBefore(heap[least], key))
                break;
            heap[at] = heap[least];
            at = least;
        }

        heap[at] = key;
    }

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
        left.TimeNs < right.TimeNs
        || (left.TimeNs == right.TimeNs && left.SequenceAndSlot < right.SequenceAndSlot);
}
