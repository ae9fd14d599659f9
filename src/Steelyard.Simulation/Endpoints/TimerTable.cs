using Steelyard.Simulation.Clocks;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Endpoints;

/// <summary>
/// The timers of one endpoint. Each waits in the event queue by slot and generation; cancelling a timer or
/// crashing moves the generation on, and the event that comes up finds nothing to do.
/// </summary>
internal sealed class TimerTable(Scheduler scheduler, int owner)
{
    struct Entry
    {
        /// <summary>An <see cref="Action"/> or an <see cref="ITimed"/>; null when the slot is free.</summary>
        public object? Target;
        public long DeadlineLocalNs;
        public uint Generation;
        /// <summary>Counts the times it was scheduled: a change of the clock's rate moves it.</summary>
        public uint Schedules;
        public int NextFree;
    }

    Entry[] _entries = [];
    int _used;
    int _firstFree = -1;

    /// <summary>The clock that timers run on; null is the world's own time.</summary>
    public SimulatedClock? Clock { get; set; }

    long LocalNs => Clock is null ? scheduler.NowNs : Clock.LocalNs;

    /// <summary>Sets a timer on the monotonic clock.</summary>
    /// <param name="after">How long; negative is at once.</param>
    /// <param name="target">An <see cref="Action"/> or an <see cref="ITimed"/>.</param>
    public TimerId Set(TimeSpan after, object target) => SetNs(after.Ticks * 100, target);

    /// <summary>Sets a timer on the monotonic clock, in ns.</summary>
    public TimerId SetNs(long afterNs, object target)
    {
        scheduler.MustRunHere();
        var slot = TakeSlot();
        ref var entry = ref _entries[slot];
        entry.Target = target;
        entry.DeadlineLocalNs = LocalNs + Math.Max(0, afterNs);
        Schedule(slot);
        return new(((long)entry.Generation << 32) | (uint)(slot + 1));
    }

    /// <summary>Cancels a timer; one that is gone is no error.</summary>
    public void Cancel(TimerId timer)
    {
        var slot = (int)(timer.Number & 0xFFFF_FFFF) - 1;
        if (slot >= 0)
            TryFree(slot, (uint)(timer.Number >> 32));
    }

    /// <summary>Takes what a timer's event sets off; null when the timer was cancelled or moved.</summary>
    public object? Take(in Event fired)
    {
        ref var entry = ref _entries[fired.To.Call];
        if (fired.Stamp != StampOf(entry))
            return null;
        var target = entry.Target;
        Free(fired.To.Call);
        return target;
    }

    /// <summary>Whether an event's timer still waits.</summary>
    public bool IsSet(in Event fired) => fired.Stamp == StampOf(_entries[fired.To.Call]);

    /// <summary>Drops all timers (a crash).</summary>
    public void Clear()
    {
        for (var slot = 0; slot < _used; slot++)
            if (_entries[slot].Target is not null)
                Free(slot);
    }

    /// <summary>Moves all timers to where a changed clock puts them.</summary>
    public void Reschedule()
    {
        for (var slot = 0; slot < _used; slot++)
        {
            if (_entries[slot].Target is null)
                continue;
            Schedule(slot);
        }
    }

    void Schedule(int slot)
    {
        ref var entry = ref _entries[slot];
        entry.Schedules++;
        var timeNs = Clock is null ? entry.DeadlineLocalNs : Clock.WhenLocalIs(entry.DeadlineLocalNs);
        scheduler.At(
            timeNs, new() { Kind = EventKind.Timer, To = new(owner, slot), Stamp = StampOf(entry) });
    }

    static long StampOf(in Entry entry) => ((long)entry.Generation << 32) | entry.Schedules;

    void TryFree(int slot, uint generation)
    {
        if (slot < _used && _entries[slot].Generation == generation && _entries[slot].Target is not null)
            Free(slot);
    }

    int TakeSlot()
    {
        var slot = _firstFree;
        if (slot >= 0)
        {
            _firstFree = _entries[slot].NextFree;
            return slot;
        }

        if (_used == _entries.Length)
            Array.Resize(ref _entries, Math.Max(4, _used * 2));
        return _used++;
    }

    void Free(int slot)
    {
        ref var entry = ref _entries[slot];
        entry.Target = null;
        entry.Generation++;
        entry.NextFree = _firstFree;
        _firstFree = slot;
    }
}
