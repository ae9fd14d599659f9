using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Clocks;

/// <summary>
/// A timer as .NET's own code asks for it (<see cref="Task.Delay(TimeSpan, TimeProvider)"/>, a cancellation
/// after a time): it fires from the event loop, like the timers of nodes, and dies with its node.
/// </summary>
internal sealed class ClockTimer(Endpoint owner, TimerCallback callback, object? state) : ITimer, ITimed
{
    TimerId _timer;
    TimeSpan _period;
    bool _isDisposed;

    /// <inheritdoc/>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
            return false;
        owner.Timers.Cancel(_timer);
        _period = period;
        _timer = dueTime == Timeout.InfiniteTimeSpan ? default : owner.Timers.Set(dueTime, this);
        return true;
    }

    /// <inheritdoc/>
    public void Fire()
    {
        _timer = _period > TimeSpan.Zero ? owner.Timers.Set(_period, this) : default;
        callback(state);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        owner.Timers.Cancel(_timer);
        _isDisposed = true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
