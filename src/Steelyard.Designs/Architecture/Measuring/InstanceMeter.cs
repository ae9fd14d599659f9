using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Running;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// What is counted of an instance: how many workers were at work and how many requests waited, over time, and
/// what became of what came. Areas under both curves, so that a mean is exact whenever it is asked for. It
/// outlives crashes.
/// </summary>
/// <param name="clock">The clock of the run.</param>
/// <param name="windowNs">Length of a window, in ns.</param>
/// <param name="loadNs">When the load ends, in ns of the run.</param>
internal sealed class InstanceMeter(RunClock clock, long windowNs, long loadNs)
{
    readonly List<MeterWindow> _windows = [];
    MeterWindow _now = new();
    int _working;
    int _waiting;
    int _kept;
    int _there;
    int _ready;
    int? _workers;
    long _seenNs;
    long _windowEndsNs = windowNs;

    /// <summary>Requests that came.</summary>
    public long Came { get; private set; }

    /// <summary>Requests that were answered well.</summary>
    public long AnsweredWell { get; private set; }

    /// <summary>What was refused, by its cause; see <see cref="CallStatuses"/>.</summary>
    public long[] Ended { get; } = new long[CallStatuses.Words.Count];

    /// <summary>Requests dropped because nobody waited for them any more.</summary>
    public long ExpiredInLine { get; private set; }

    /// <summary>Requests of a cache that it could answer.</summary>
    public long Hits { get; private set; }

    /// <summary>Those that it could not.</summary>
    public long Misses { get; private set; }

    /// <summary>Messages of a queue that nobody could process.</summary>
    public long DeadLetters { get; private set; }

    /// <summary>Messages of a queue that were dropped, for it was full.</summary>
    public long Dropped { get; private set; }

    /// <summary>Requests that waited for a worker to start.</summary>
    public long ColdStarts { get; private set; }

    /// <summary>How often an instance ran out of memory.</summary>
    public long OutOfMemory { get; private set; }

    /// <summary>Records of a job that were handed on again, after a crash of it.</summary>
    public long DoneAgain { get; private set; }

    /// <summary>Checkpoints of a job.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>The most that ever waited.</summary>
    public int MostWaiting { get; private set; }

    /// <summary>Time from arrival to answer.</summary>
    public LatencyHistogram Times { get; } = new(significantDigits: 2);

    /// <summary>Requests that found no worker idle.</summary>
    public long HadToWait { get; private set; }

    /// <summary>Its disk, where it has one.</summary>
    public DiskMeter Disk => field ??= new(clock, loadNs);

    /// <summary>Items of the requests that were answered well.</summary>
    public long Items { get; private set; }

    /// <summary>Messages that a queue wrote to its disk, for its memory was full.</summary>
    public long Spilled { get; private set; }

    /// <summary>Sessions whose state was in memory that is gone.</summary>
    public long SessionsLost { get; private set; }

    /// <summary>How long a projection took to be made anew, in ns; null where it was not.</summary>
    public long? RebuiltNs { get; private set; }

    /// <summary>From when a queue took a message to when that was processed, or a log an event.</summary>
    public LatencyHistogram Deliveries => field ??= new(significantDigits: 2);

    /// <summary>Of <see cref="WorkedNs"/>, the part that workers did not wait for calls.</summary>
    public double OwnWorkNs { get; private set; }

    /// <summary>What only a database has.</summary>
    public DatabaseMeter Database => field ??= new(clock, loadNs);

    /// <summary>Workers at work, times ns, since the begin.</summary>
    public double WorkedNs { get; private set; }

    /// <summary>Requests in line, times ns, since the begin.</summary>
    public double WaitedNs { get; private set; }

    /// <summary>Figures by window of time.</summary>
    public IReadOnlyList<MeterWindow> Windows => _windows;

    /// <summary>Length of a window, in ns.</summary>
    public long WindowNs { get; } = windowNs;

    /// <summary>How many workers it has; null is without limit.</summary>
    public int? Workers => _workers;

    /// <summary>A life begins: nobody waits, and nobody is at work.</summary>
    public void Begin(int? workers)
    {
        See();
        (_working, _waiting, _kept, _there, _ready, _workers) = (0, 0, 0, 1, 1, workers);
    }

    /// <summary>It has crashed: nobody is at work, nobody waits, and it costs what it did.</summary>
    public void Crash()
    {
        See();
        (_working, _waiting, _kept, _ready) = (0, 0, 0, 0);
        Database.Rows.Close();
    }

    /// <summary>It is not there (any more), and costs nothing.</summary>
    public void Leave()
    {
        See();
        (_working, _waiting, _kept, _there, _ready) = (0, 0, 0, 0, 0);
    }

    /// <summary>It is there again, and starts.</summary>
    public void ComeBack()
    {
        See();
        _there = 1;
    }

    /// <summary>It has started.</summary>
    public void BeReady()
    {
        See();
        _ready = 1;
    }

    public void Arrived()
    {
        Came++;
        See();
        _now.Came++;
    }

    /// <summary>More or fewer workers are at work.</summary>
    public void Works(int more)
    {
        See();
        _working += more;
    }

    /// <summary>A worker begins to work, for so long without its calls.</summary>
    public void WorksItself(long ns) => OwnWorkNs += ns;

    /// <summary>More or fewer requests wait.</summary>
    public void Waits(int more)
    {
        See();
        _waiting += more;
        MostWaiting = Math.Max(MostWaiting, _waiting + _kept);
    }

    /// <summary>A request found no worker idle.</summary>
    public void FoundNoneIdle()
    {
        HadToWait++;
        _now.HadToWait++;
    }

    public void Refused(CallStatus why) => Ended[(int)why]++;

    public void Hit() => Hits++;

    public void Missed() => Misses++;

    public void DidAgain(int records) => DoneAgain += records;

    public void Checkpoint() => Checkpoints++;

    public void DeadLetter() => DeadLetters++;

    public void Drop() => Dropped++;

    public void ColdStart() => ColdStarts++;

    /// <summary>It keeps so many for later (a queue, a batch that gathers).</summary>
    public void Keeps(int count)
    {
        See();
        _kept = count;
        MostWaiting = Math.Max(MostWaiting, _waiting + _kept);
    }

    public void Expired() => ExpiredInLine++;

    public void Worked(int items) => Items += items;

    public void Spill() => Spilled++;

    public void LostSessions(int sessions) => SessionsLost += sessions;

    public void Delivered(long ns) => Deliveries.Record(ns);

    public void Rebuilt(long ns) => RebuiltNs = ns;

    public void RanOutOfMemory() => OutOfMemory++;

    public void Answered(CallStatus status, long ns)
    {
        Ended[(int)status]++;
        if (status is not (CallStatus.Ok or CallStatus.Miss))
            return;
        AnsweredWell++;
        _now.Answered++;
        Times.Record(ns);
    }

    /// <summary>Counts up to now.</summary>
    public void See()
    {
        var nowNs = clock.NowNs;
        while (nowNs >= _windowEndsNs)
        {
            Add(_windowEndsNs);
            _windows.Add(_now);
            _now = new();
            _windowEndsNs += WindowNs;
        }

        Add(nowNs);
    }

    /// <summary>The figures of the window that is not over.</summary>
    public MeterWindow Last => _now;

    void Add(long untilNs)
    {
        // Most of what is counted happens at the same instant as what was counted before.
        if (untilNs == _seenNs)
            return;
        var ns = (double)(untilNs - _seenNs);
        _seenNs = untilNs;
        WorkedNs += _working * ns;
        WaitedNs += (_waiting + _kept) * ns;
        _now.WorkingNs += _working * ns;
        _now.WaitingNs += (_waiting + _kept) * ns;
        _now.ThereNs += _there * ns;
        _now.ReadyNs += _ready * ns;
    }
}

/// <summary>What an instance did in a window of time.</summary>
internal sealed class MeterWindow
{
    /// <summary>Requests that came.</summary>
    public long Came { get; set; }

    /// <summary>Requests that found no worker idle.</summary>
    public long HadToWait { get; set; }

    /// <summary>Requests that were answered well.</summary>
    public long Answered { get; set; }

    /// <summary>Workers at work, times ns.</summary>
    public double WorkingNs { get; set; }

    /// <summary>Requests in line, times ns.</summary>
    public double WaitingNs { get; set; }

    /// <summary>Instances that were there, times ns.</summary>
    public double ThereNs { get; set; }

    /// <summary>Those of them that had started, times ns.</summary>
    public double ReadyNs { get; set; }
}

/// <summary>The perfect clock of a run, for instruments alone.</summary>
internal sealed class RunClock
{
    Func<long> _now = static () => 0;

    /// <summary>Now, in ns of the run.</summary>
    public long NowNs => _now();

    public void Set(Func<long> now) => _now = now;
}
