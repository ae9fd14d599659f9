using System.Collections.Concurrent;
using System.Diagnostics;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Loop;

/// <summary>
/// The one thread on which a live run's load, clients and record take turns: what is posted to it in order,
/// and timers by the machine's monotonic clock. So the record needs no locks, and its order is one that
/// happened.
/// </summary>
internal sealed class LiveLoop : SynchronizationContext
{
    readonly ConcurrentQueue<(SendOrPostCallback Act, object? State)> _posted = new();
    readonly PriorityQueue<(long Number, Action Act), (long TimeNs, long Number)> _timers = new();
    readonly HashSet<long> _set = [];
    // Never put away: answers that come after the run still find it, and nobody listens to them.
    readonly SemaphoreSlim _wake = new(0);
    readonly long _start = Stopwatch.GetTimestamp();
    long _lastTimer;

    /// <summary>Time since it was made, in ns.</summary>
    public long NowNs => Stopwatch.GetElapsedTime(_start).Ticks * 100;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        _posted.Enqueue((d, state));
        _wake.Release();
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("nobody waits for the loop of a live run");

    /// <summary>Does something at a time; at once where that has passed.</summary>
    public TimerId At(long timeNs, Action act)
    {
        var number = ++_lastTimer;
        _set.Add(number);
        _timers.Enqueue((number, act), (timeNs, number));
        return new(number);
    }

    /// <summary>Cancels it; what has happened is no error.</summary>
    public void Cancel(TimerId timer) => _set.Remove(timer.Number);

    /// <summary>Does something now, on this thread, as something that happens on the loop.</summary>
    public void Within(Action act)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            act();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Lets everything happen, until it is done or a time is reached.</summary>
    /// <param name="isDone">Asked after everything that happens.</param>
    /// <param name="untilNs">The time.</param>
    public void Run(Func<bool> isDone, long untilNs) => Within(() =>
    {
        while (!isDone())
        {
            if (_posted.TryDequeue(out var posted))
                posted.Act(posted.State);
            else if (!FireOne() && !Wait(untilNs))
                return;
        }
    });

    bool FireOne()
    {
        if (!_timers.TryPeek(out var timer, out var at) || at.TimeNs > NowNs)
            return false;
        _timers.Dequeue();
        if (_set.Remove(timer.Number))
            timer.Act();
        return true;
    }

    // False when the time was reached.
    bool Wait(long untilNs)
    {
        var next = _timers.TryPeek(out _, out var at) ? Math.Min(at.TimeNs, untilNs) : untilNs;
        var leftNs = next - NowNs;
        if (leftNs > 0)
            _wake.Wait(TimeSpan.FromTicks(Math.Min(leftNs / 100, TimeSpan.TicksPerSecond) + 1));
        return NowNs < untilNs || next < untilNs;
    }
}
