using Steelyard.Analysis.Measurements;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>All that is counted of a run of an architecture: requests, parts, calls and effects.</summary>
internal sealed class ArchitectureAccount : IRunAccount
{
    // So many windows make a curve.
    const int Windows = 200;

    readonly RunClock _clock = new();
    readonly AggregateRecorder _requests;
    readonly SortedDictionary<string, InstanceMeter[]> _meters = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, CallMeter[]> _calls = new(StringComparer.Ordinal);
    // Gone through at each answer: a list costs nothing where there is none.
    readonly List<(string Part, RebalanceMeter Meter)> _rebalances = [];
    readonly List<ScalingChange> _scalings = [];
    readonly Dictionary<string, PartFigures> _figures = new(StringComparer.Ordinal);
    long _requestsMade;

    public ArchitectureAccount(ArchitectureGraph graph)
    {
        Graph = graph;
        _requests = new(limit: graph.Slo) { Told = Tell };
        var windowNs = Math.Max(1_000_000, (graph.Duration + graph.Settle).Ticks * 100 / Windows);
        var loadNs = graph.Duration.Ticks * 100;
        foreach (var part in graph.Parts)
        {
            if (part is Parts.DatabasePart { Rebalances: true })
                _rebalances.Add((part.Name, new(_clock)));
            _meters.Add(
                part.Name,
                [
                    .. Enumerable.Range(0, part.MostInstances)
                        .Select(_ => new InstanceMeter(_clock, windowNs, loadNs)),
                ]);
            _calls.Add(
                part.Name,
                [
                    .. part.Calls.Select(edge => new CallMeter(
                        part.MostOpen(edge) is null
                            ? null : new Occupancy(_clock, loadNs, part.MostInstances))),
                ]);
        }
    }

    /// <summary>The architecture.</summary>
    public ArchitectureGraph Graph { get; }

    /// <inheritdoc/>
    public IOperationRecorder Requests => _requests;

    /// <summary>The requests, as they were counted.</summary>
    public AggregateRecorder Counted => _requests;

    /// <inheritdoc/>
    public LoadCounts Counts => new()
    {
        Due = _requests.Due, Sent = _requests.Sent, Answered = _requests.Answered,
    };

    /// <summary>Effects and staleness.</summary>
    public EffectLedger Ledger { get; } = new();

    /// <summary>Latencies in ms, in the order in which requests ended.</summary>
    public ObservedSeries Latencies { get; } = new();

    /// <summary>Now, in ns of the run.</summary>
    public long NowNs => _clock.NowNs;

    /// <summary>When the run ended, in ns.</summary>
    public long EndNs { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<Measurement> Measurements => field ??= ArchitectureFigures.Of(this);

    /// <inheritdoc/>
    public IReadOnlyList<Verdict> Verdicts => field ??= ArchitectureVerdicts.Of(this);

    /// <summary>What is full first; to be asked when the run is over.</summary>
    public Bottleneck Bottleneck => field ??= Bottleneck.Of(this);

    /// <summary>Whether the run settled, and to what; to be asked when it is over.</summary>
    public SteadyState SteadyState => field ??= new(this);

    /// <inheritdoc/>
    public bool Settles => SteadyState.WhyNone is null;

    /// <inheritdoc/>
    public void Open(Func<long> nowNs) => _clock.Set(nowNs);

    /// <inheritdoc/>
    public void Close(long endNs)
    {
        EndNs = endNs;
        foreach (var meter in _meters.Values.SelectMany(meters => meters))
        {
            meter.See();
            meter.Database.Rows.Close();
        }

        foreach (var calls in _calls.Values.SelectMany(calls => calls))
            calls.Open?.See();
        Ledger.Close();
    }

    // A crash takes a node without asking it: nothing of it is at work any more, and nobody waits there.
    void Tell(FaultEvent told)
    {
        if (told.Kind != FaultEvent.Stopped && (told.Kind != CrashFault.Defined.Name
            || told.Phase != FaultPhase.Start))
            return;
        foreach (var part in Graph.Parts)
            for (var instance = 0; instance < part.MostInstances; instance++)
                if (told.Nodes.Contains(InstanceDirectory.NameOf(part, instance), StringComparer.Ordinal))
                    Crashed(part, instance);
    }

    void Crashed(Part part, int instance)
    {
        MeterOf(part.Name, instance).Crash();
        foreach (var calls in _calls[part.Name])
            calls.Open?.Loses(instance);
    }

    /// <summary>The meter of an instance.</summary>
    public InstanceMeter MeterOf(string part, int instance) => _meters[part][instance];

    /// <summary>The meters of a part's instances.</summary>
    public IReadOnlyList<InstanceMeter> MetersOf(string part) => _meters[part];

    /// <summary>What a part did, when the run is over; found once.</summary>
    public PartFigures FiguresOf(Part part)
    {
        if (!_figures.TryGetValue(part.Name, out var figures))
            _figures.Add(part.Name, figures = new(this, part));
        return figures;
    }

    /// <summary>How long requests were due, in ns: less where the run was stopped.</summary>
    public long LoadNs => Math.Min(EndNs, Graph.Duration.Ticks * 100);

    /// <summary>The meter of an edge.</summary>
    public CallMeter CallsOf(string part, int edge) => _calls[part][edge];

    /// <summary>What moves of a database that rebalances its shards.</summary>
    public RebalanceMeter RebalanceOf(string part) => _rebalances.Find(one => one.Part == part).Meter;

    /// <summary>How many instances of services were wanted from when on, in order.</summary>
    public IReadOnlyList<ScalingChange> Scalings => _scalings;

    /// <summary>A service is to have so many instances from now on.</summary>
    public void Scaled(string part, int instances) => _scalings.Add(new(NowNs, part, instances));

    /// <summary>The number of the next request.</summary>
    public long NextRequest() => _requestsMade++;

    /// <summary>A request is due now.</summary>
    /// <returns>A number to end it with.</returns>
    public int Due(ClientRequest request) => _requests.Invoke(
        request.Session, request.IsWrite ? Functions.Write : Functions.Read, request.Key, Value.Nil,
        request.DueNs, request.DueNs);

    /// <summary>A request ended for whoever asked.</summary>
    public void Ended(ClientRequest request, int operation, CallStatus status, Reading reading)
    {
        var nowNs = NowNs;
        var isGood = status is CallStatus.Ok or CallStatus.Miss;
        var outcome = isGood ? Outcome.Ok : status == CallStatus.TimedOut ? Outcome.Info : Outcome.Fail;
        _requests.Complete(operation, outcome, Value.Nil, nowNs, isGood ? null : status.Word());
        if (!isGood)
            return;
        Latencies.Add((nowNs - request.DueNs) / 1e6);
        foreach (var (_, moving) in _rebalances)
            if (moving.IsOn)
                moving.During.Record(nowNs - request.DueNs);
        if (request.IsWrite)
            Ledger.Acknowledge(request.Id, request.Session, request.Key, reading.Version, nowNs);
        else if (reading.Version >= 0)
            Ledger.Read(request.Session, request.Key, reading.Version, request.DueNs);
    }
}

/// <summary>A service is to have so many instances.</summary>
/// <param name="TimeNs">From when on, in ns of the run.</param>
/// <param name="Part">Which service.</param>
/// <param name="Instances">How many.</param>
internal sealed record ScalingChange(long TimeNs, string Part, int Instances);
