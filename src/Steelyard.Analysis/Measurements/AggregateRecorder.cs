using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// Keeps of a run's operations only what its figures need: counts, latencies, windows of time and a few
/// samples, however many operations there are. Its memory grows with those that are open and with
/// its faults. Promises cannot be judged from it: <see cref="Build"/> gives faults and phases without
/// operations; <see cref="RunMeasures.Of(AggregateRecorder, History, Traffic, IReadOnlyList{Measurement})"/>
/// gives the figures.
/// </summary>
public sealed class AggregateRecorder : IOperationRecorder
{
    const int MostWindows = Timeline.MostWindows;

    readonly int _mostSamples;
    readonly long _limitNs;
    readonly UnendedOperations _open = new();
    readonly List<LoadWindow> _windows = [];
    readonly List<SampledOperation> _samples = [];
    readonly HistoryBuilder _marks = new();
    long _sampleEvery = 1;
    long _ended;
    long _loadEndNs = long.MaxValue;
    long _operations;

    /// <summary>Creates one that has seen nothing.</summary>
    /// <param name="window">Length of a window; null is a second. It doubles when there are more than
    /// <see cref="Timeline.MostWindows"/>.</param>
    /// <param name="mostSamples">How many operations are kept whole at most; at least 2.</param>
    /// <param name="limit">How soon after it is due a request must be answered, at least 0; null is
    /// <see cref="MeasureOptions.UsualLimit"/>.</param>
    public AggregateRecorder(TimeSpan? window = null, int mostSamples = 1_000, TimeSpan? limit = null)
    {
        WindowNs = (window ?? TimeSpan.FromSeconds(1)).Ticks * 100;
        _mostSamples = mostSamples;
        Limit = limit ?? MeasureOptions.UsualLimit;
        _limitNs = Availability.LimitNs(Limit);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(WindowNs, nameof(window));
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSamples, 2);
    }

    /// <summary>Told of faults as they are recorded; null is nobody.</summary>
    public Action<FaultEvent>? Told { get; init; }

    /// <summary>How soon after it is due a request must be answered.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Length of a window in ns.</summary>
    public long WindowNs { get; private set; }

    /// <summary>Operations of all sorts.</summary>
    public long Operations => _operations;

    /// <summary>Of those, the ones that were sent.</summary>
    internal long SentOperations { get; private set; }

    /// <summary>Sessions, which are no requests.</summary>
    public long Sessions { get; private set; }

    /// <summary>Requests that were due.</summary>
    public long Due { get; private set; }

    /// <summary>Of those, the ones that were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Of those, the ones that were answered without error.</summary>
    public long Answered { get; private set; }

    /// <summary>Of those, the ones that were answered before the load ended.</summary>
    internal long AnsweredInLoad { get; private set; }

    /// <summary>Latencies of the answered ones, from their due times.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>What was due when, and what came of it, from the run's start without gaps.</summary>
    public IReadOnlyList<LoadWindow> Windows => _windows;

    /// <summary>Operations that ended, in the order of their ends: every so many-th, so that they spread over
    /// the run.</summary>
    public IReadOnlyList<SampledOperation> Samples => _samples;

    /// <inheritdoc/>
    public int Invoke(
        int process, string function, Value key, Value input, long timeNs = 0, long? intendedNs = null,
        string? node = null, OperationTraits traits = OperationTraits.None)
    {
        var isRequest = !traits.HasFlag(OperationTraits.Session) && (intendedNs ?? timeNs) < _loadEndNs;
        var operation = new UnendedOperation(
            process, function, key, input, intendedNs ?? timeNs, timeNs, node, isRequest,
            IsSent: !traits.HasFlag(OperationTraits.Unsent));
        _operations++;
        SentOperations += operation.IsSent ? 1 : 0;
        Sessions += traits.HasFlag(OperationTraits.Session) ? 1 : 0;
        if (isRequest)
            Count(operation);
        return _open.Add(operation);
    }

    /// <inheritdoc/>
    public void Complete(
        int operation, Outcome outcome, Value output, long timeNs = 0, string? error = null)
    {
        ref readonly var ended = ref _open.End(operation);
        if (ended.IsRequest)
            CountEnd(ended, outcome, timeNs, error);
        if (IsSampled(_ended++))
            Keep(ended.Sample(outcome, output, timeNs, error));
    }

    /// <inheritdoc/>
    public void Add(FaultEvent fault)
    {
        _marks.Add(fault);
        Told?.Invoke(fault);
    }

    /// <inheritdoc/>
    public void SetEffects(Func<int, bool?> hadEffect) => _marks.SetEffects(hadEffect);

    /// <inheritdoc/>
    public void Mark(HistoryPhase phase, long timeNs)
    {
        if (phase == HistoryPhase.LoadEnd)
            _loadEndNs = timeNs;
        _marks.Mark(phase, timeNs);
    }

    /// <inheritdoc/>
    public History SoFar() => _marks.SoFar();

    /// <inheritdoc/>
    public History Build() => _marks.Build();

    void Count(in UnendedOperation operation)
    {
        Due++;
        Sent += operation.IsSent ? 1 : 0;
        Window(operation.DueNs).Due++;
    }

    void CountEnd(in UnendedOperation ended, Outcome outcome, long timeNs, string? error)
    {
        var window = Window(ended.DueNs);
        if (!Functions.IsAnswer(ended.Function, outcome, error))
        {
            window.Count(!ended.IsSent ? RequestEnd.NeverSent
                : outcome == Outcome.Fail ? RequestEnd.Refused : RequestEnd.Unknown);
            return;
        }

        var latencyNs = timeNs - ended.DueNs;
        Answered++;
        AnsweredInLoad += timeNs <= _loadEndNs ? 1 : 0;
        Latencies.Record(latencyNs);
        window.Count(latencyNs <= _limitNs ? RequestEnd.Answered : RequestEnd.Late, latencyNs);
    }

    LoadWindow Window(long dueNs)
    {
        // What is due now is in the latest one, and what ends now was due in it, or a little before.
        if (_windows.Count > 0 && _windows[^1] is var last && dueNs - last.FromNs is >= 0 and var since
            && since < WindowNs)
            return last;
        while (dueNs / WindowNs >= MostWindows)
            Halve();
        var place = (int)(dueNs / WindowNs);
        while (_windows.Count <= place)
            _windows.Add(new(_windows.Count * WindowNs));
        return _windows[place];
    }

    // Two windows become one.
    void Halve()
    {
        WindowNs *= 2;
        for (var i = 0; 2 * i < _windows.Count; i++)
        {
            _windows[i] = _windows[2 * i];
            if ((2 * i) + 1 < _windows.Count)
                _windows[i].Take(_windows[(2 * i) + 1]);
        }

        _windows.RemoveRange((_windows.Count + 1) / 2, _windows.Count / 2);
    }

    // When there are too many, every second one goes, and half as many come from then on.
    void Keep(SampledOperation operation)
    {
        if (_samples.Count == _mostSamples)
        {
            for (var i = 0; i < (_mostSamples + 1) / 2; i++)
                _samples[i] = _samples[2 * i];
            _samples.RemoveRange((_mostSamples + 1) / 2, _mostSamples / 2);
            _sampleEvery *= 2;
        }

        if (IsSampled(_ended - 1))
            _samples.Add(operation);
    }

    // It doubles from one on, so it has a single bit.
    bool IsSampled(long operation) => (operation & (_sampleEvery - 1)) == 0;
}

/// <summary>A stretch of a run.</summary>
/// <param name="fromNs">When it begins, ns of the run.</param>
public sealed class LoadWindow(long fromNs)
{
    readonly long[] _ends = new long[Requests.Ends];

    /// <summary>When it begins, ns of the run.</summary>
    public long FromNs { get; } = fromNs;

    /// <summary>Requests due in it.</summary>
    public long Due { get; internal set; }

    /// <summary>Of those, answered without error, whenever.</summary>
    public long Answered => Counts.AnsweredEver;

    /// <summary>What became of them; those that are still open are of unknown outcome.</summary>
    public RequestCounts Counts
    {
        get
        {
            var ended = RequestCounts.Of(_ends);
            return ended with { Unknown = ended.Unknown + Due - ended.Due };
        }
    }

    /// <summary>Latencies of the answered ones, from their due times, to two digits.</summary>
    public LatencyHistogram Latencies { get; } = new(significantDigits: 2);

    internal void Count(RequestEnd end) => _ends[(int)end]++;

    internal void Count(RequestEnd end, long latencyNs)
    {
        Count(end);
        Latencies.Record(latencyNs);
    }

    internal void Take(LoadWindow next)
    {
        Due += next.Due;
        for (var end = 0; end < Requests.Ends; end++)
            _ends[end] += next._ends[end];
        Latencies.Merge(next.Latencies);
    }
}

/// <summary>One operation, kept whole.</summary>
/// <param name="Process">Who invoked it.</param>
/// <param name="Function">What was asked.</param>
/// <param name="Key">What it was asked of.</param>
/// <param name="Input">The argument.</param>
/// <param name="DueNs">When it was due, ns of the run.</param>
/// <param name="InvokedNs">When it was invoked.</param>
/// <param name="Node">The node the client stands beside.</param>
/// <param name="IsRequest">False for sessions and final reads.</param>
public sealed record SampledOperation(
    int Process, string Function, Value Key, Value Input, long DueNs, long InvokedNs, string? Node,
    bool IsRequest)
{
    /// <summary>False when it was due, and its client had no time to send it.</summary>
    public bool IsSent { get; init; } = true;

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; init; }

    /// <summary>The result.</summary>
    public Value Output { get; init; }

    /// <summary>When it ended, ns of the run.</summary>
    public long CompletedNs { get; init; }

    /// <summary>Why it did not end Ok, or null.</summary>
    public string? Error { get; init; }
}
