using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Endpoints;

/// <summary>
/// The processor of a node: works at one message after the other, in the order in which they came. A message
/// costs what it costs while it is worked at, and not what it would have cost when it came: a fault that
/// slowed the node leaves none of its cost behind with those that still wait when it ends.
/// </summary>
internal sealed class NodeProcessor(Scheduler scheduler, TimeSpan perMessage)
{
    // The first is the one that is worked at.
    readonly Queue<Event> _queue = new();
    readonly List<EffectMark> _slow = [];
    long _costNs = perMessage.Ticks * 100;
    long _begunNs;
    long _doneNs;
    long _turn;

    /// <summary>Whether a message that comes now is handled at once.</summary>
    public bool IsFree => _costNs == 0 && _queue.Count == 0;

    /// <summary>Takes a message; an event says when it is done.</summary>
    public void Take(in Event message)
    {
        _queue.Enqueue(message);
        if (_queue.Count == 1)
            Begin();
    }

    /// <summary>Takes an event's word that a message is done, and begins with the next.</summary>
    /// <returns>False where it is none to be handled (any more): it was dropped, or done sooner.</returns>
    public bool TryFinish(in Event due)
    {
        if (due.Stamp != _turn || _queue.Count == 0)
            return false;
        _queue.Dequeue();
        if (_queue.Count > 0)
            Begin();
        return true;
    }

    /// <summary>Makes each message cost more.</summary>
    /// <returns>What ends it.</returns>
    public Action Slow(TimeSpan byPerMessage, EffectMark effect)
    {
        var ns = byPerMessage.Ticks * 100;
        _costNs += ns;
        _slow.Add(effect);
        return () =>
        {
            _costNs -= ns;
            _slow.Remove(effect);
            // The one that is worked at may have begun at less: that holds.
            if (_queue.Count > 0 && _begunNs + _costNs < _doneNs)
                DoneAt(Math.Max(scheduler.NowNs, _begunNs + _costNs));
        };
    }

    /// <summary>Drops what it has.</summary>
    /// <returns>How many messages.</returns>
    public int Drop()
    {
        var dropped = _queue.Count;
        _queue.Clear();
        _turn++;
        return dropped;
    }

    void Begin()
    {
        _slow.ForEach(static slow => slow.Set());
        _begunNs = scheduler.NowNs;
        DoneAt(_begunNs + _costNs);
    }

    void DoneAt(long atNs)
    {
        _doneNs = atNs;
        var done = _queue.Peek();
        done.Kind = EventKind.Process;
        done.Stamp = ++_turn;
        scheduler.At(atNs, done);
    }
}
