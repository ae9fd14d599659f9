using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Clocks;

/// <summary>
/// An endpoint's clock. Its monotonic side counts ns from an arbitrary start and drifts; its wall side
/// follows it, and is off by the initial skew and by every jump.
/// </summary>
internal sealed class SimulatedClock : TimeProvider
{
    const int Million = 1_000_000;

    /// <summary>When every run begins. Any instant does; a round one is easy to read in traces.</summary>
    public static readonly DateTimeOffset Epoch = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Scheduler _scheduler;
    readonly Endpoint _owner;
    readonly long _startNs;
    long _wallOffsetNs;
    long _driftedSinceNs;
    long _localThenNs;
    int _driftPpm;

    // Faults in force, and jumps that nobody has seen yet: their effect is a clock that is read.
    List<EffectMark>? _unseenJumps;
    List<EffectMark>? _drifts;

    public SimulatedClock(Scheduler scheduler, Endpoint owner, SeededRandom random, TimeSpan largestSkew)
    {
        _scheduler = scheduler;
        _owner = owner;
        // Monotonic clocks of two machines cannot be compared, so they do not start alike.
        _startNs = random.NextLong(3_600_000_000_000);
        _localThenNs = _startNs;
        var skewNs = largestSkew.Ticks * 100;
        if (skewNs > 0)
            _wallOffsetNs = random.NextLong((2 * skewNs) + 1) - skewNs;
    }

    /// <summary>The monotonic clock now, in ns.</summary>
    public long LocalNs
    {
        get
        {
            if (_driftPpm == 0)
                return _localThenNs + _scheduler.NowNs - _driftedSinceNs;
            _drifts?.ForEach(static drift => drift.Set());
            return Drifted;
        }
    }

    long Drifted =>
        _localThenNs + (long)((Int128)(_scheduler.NowNs - _driftedSinceNs) * (Million + _driftPpm) / Million);

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000_000;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => LocalNs;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        if (_unseenJumps is not null)
        {
            _unseenJumps.ForEach(static jump => jump.Set());
            _unseenJumps = null;
        }

        return Epoch.AddTicks((LocalNs - _startNs + _wallOffsetNs) / 100);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime,
        TimeSpan period)
    {
        var timer = new ClockTimer(_owner, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>When, in ns of the run, the monotonic clock will show at least a value, if its drift
    /// stays.</summary>
    public long WhenLocalIs(long localNs)
    {
        var ahead = localNs - _localThenNs;
        if (_driftPpm == 0)
            return _driftedSinceNs + ahead;
        _drifts?.ForEach(static drift => drift.Set());
        return _driftedSinceNs + RoundedUp((Int128)ahead * Million, Million + _driftPpm);
    }

    static long RoundedUp(Int128 number, int by) => (long)((number + by - 1) / by);

    /// <summary>Moves the wall clock for good.</summary>
    public void Jump(TimeSpan by, EffectMark effect)
    {
        _wallOffsetNs += by.Ticks * 100;
        (_unseenJumps ??= []).Add(effect);
    }

    /// <summary>Adds to the drift; timers that wait are moved to where it puts them.</summary>
    public void BeginDrift(int partsPerMillion, EffectMark effect)
    {
        (_drifts ??= []).Add(effect);
        AddDrift(partsPerMillion);
    }

    /// <summary>Takes it away again.</summary>
    public void EndDrift(int partsPerMillion, EffectMark effect)
    {
        _drifts?.Remove(effect);
        AddDrift(-partsPerMillion);
    }

    void AddDrift(int partsPerMillion)
    {
        _localThenNs = Drifted;
        _driftedSinceNs = _scheduler.NowNs;
        _driftPpm += partsPerMillion;
        _owner.Timers.Reschedule();
    }
}
