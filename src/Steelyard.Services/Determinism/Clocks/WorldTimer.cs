using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>A timer that goes by the world's own clock, and keeps no world open: one that belongs to no host,
/// or that keeps house in one.</summary>
internal sealed class WorldTimer : ITimer
{
    readonly SimulatedRun _run;
    readonly IEndpointWorld? _life;
    readonly TimerCallback _callback;
    TimeSpan _period;
    TimerId _timer;
    bool _isSet;

    public WorldTimer(
        SimulatedRun run, IEndpointWorld? life, TimerCallback callback, TimeSpan due, TimeSpan period)
    {
        (_run, _life, _callback) = (run, life, callback);
        Change(due, period);
    }

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _run.CancelTimer(_timer);
        _period = period;
        _isSet = dueTime != Timeout.InfiniteTimeSpan;
        _timer = _isSet ? _run.SetTimer(dueTime, Due) : default;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    // Callbacks run on the worker and not in the event loop, as timers' callbacks do everywhere in .NET.
    void Due()
    {
        if (_life is { IsOver: true })
            return;
        _timer = _period > TimeSpan.Zero ? _run.SetTimer(_period, Due) : default;
        ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
    }

    void Fire()
    {
        if (!_isSet)
            return;
        _isSet = _period > TimeSpan.Zero;
        _callback(null);
    }
}
