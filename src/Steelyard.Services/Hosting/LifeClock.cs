using Steelyard.Services.Determinism.Runtime;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>
/// The clock of one life of a host. What was started before a crash and still runs finds its timers dead: it
/// waits for ever, as a process does that is no more.
/// </summary>
internal sealed class LifeClock(IEndpointWorld world) : TimeProvider
{
    readonly IEndpointWorld _world = world;
    readonly HashSet<LifeTimer> _waiting = [];
    bool _isReleased;

    /// <inheritdoc/>
    public override long TimestampFrequency => _world.Clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => _world.Clock.GetTimestamp();

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _world.Clock.GetUtcNow();

    /// <inheritdoc/>
    public override ITimer CreateTimer(
        TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ForeignThreads.MustBeNone();
        var timer = new LifeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires everything that still waits, once: the run is over, and what hangs on a timer may
    /// end.</summary>
    /// <returns>False when nothing waited.</returns>
    public bool Release()
    {
        _isReleased = true;
        var waiting = _waiting.OrderBy(timer => timer.Number).ToList();
        // One may put away another; that one must not fire any more.
        foreach (var timer in waiting)
            if (_waiting.Remove(timer))
                timer.FireNow();
        return waiting.Count > 0;
    }

    sealed class LifeTimer : ITimer
    {
        static long s_last;

        readonly LifeClock _clock;
        readonly TimerCallback _callback;
        readonly object? _state;
        ITimer? _inner;
        bool _repeats;

        public LifeTimer(LifeClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            Number = ++s_last;
        }

        public long Number { get; }

        public void FireNow() => _callback(_state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _inner?.Dispose();
            _inner = null;
            _clock._waiting.Remove(this);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            _clock._waiting.Add(this);
            _repeats = period > TimeSpan.Zero;
            if (!_clock._world.IsOver && !_clock._isReleased)
                _inner = _clock._world.Clock.CreateTimer(Fire, null, dueTime, period);
            return true;
        }

        public void Dispose()
        {
            _inner?.Dispose();
            _inner = null;
            _clock._waiting.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        // Callbacks run on the worker and not in the event loop, as timers' callbacks do everywhere in .NET.
        void Fire(object? _)
        {
            if (!_repeats)
                _clock._waiting.Remove(this);
            ThreadPool.UnsafeQueueUserWorkItem(
                static timer => timer.FireIfStillSet(), this, preferLocal: false);
        }

        void FireIfStillSet()
        {
            if (_inner is not null)
                FireNow();
        }
    }
}
