using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Faults;
using Steelyard.Live.Loop;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live;

/// <summary>A run on a real engine. Its time is the machine's, and goes on while nobody advances
/// it.</summary>
internal sealed class LiveSession : RunSession
{
    const long LookEveryNs = 100_000_000;

    readonly RunControl _control;
    readonly IOperationRecorder _history;
    readonly StartedEngine _engine;
    readonly LiveLoop _loop = new();
    readonly LiveFaultInjector _faults;
    readonly ClientFarm _clients;
    readonly LiveLoad _load;
    readonly LogTail? _logs;
    bool _isFinished;
    bool _isAway;

    LiveSession(
        Scenario scenario, FaultPlan plan, Seed seed, RunControl control, StartedEngine engine)
    {
        _control = control;
        _engine = engine;
        _history = control.Recorder ?? new HistoryBuilder();
        _clients = new((LiveDeployment)scenario.Deployment, seed);
        _faults = new(plan, seed, _loop, Cluster, _history);
        _load = new(scenario, seed, _loop, Cluster, _faults, _clients, _history);
        _logs = control.Trace is { } trace ? new(Cluster.Nodes, trace) : null;
    }

    EngineCluster Cluster => _engine.Cluster;

    /// <inheritdoc/>
    public override long NowNs => _loop.NowNs;

    /// <inheritdoc/>
    public override bool HasEnded => _load.IsOver || _control.Cancellation.IsCancellationRequested;

    /// <summary>Starts an engine, and begins a run on it.</summary>
    public static LiveSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        var deployment = (LiveDeployment)scenario.Deployment;
        var engine = StartedEngine.Start(
            deployment.Engine, LiveFaultRules.SetupFor(plan, deployment.Setup), control.Keep,
            control.Cancellation);
        var session = new LiveSession(scenario, plan, seed, control, engine);
        session._loop.Within(session._load.Begin);
        return session;
    }

    /// <inheritdoc/>
    public override void Advance(RunPoint until)
    {
        if (_isFinished)
            throw new InvalidOperationException("the run is finished: expected a new one");
        while (!HasEnded && NowNs < until.TimeNs)
        {
            _loop.Run(() => HasEnded, Math.Min(until.TimeNs, NowNs + LookEveryNs));
            _logs?.Look(NowNs);
            _control.Progress?.Report(TimeSpan.FromTicks(NowNs / 100));
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<NodeState> States() =>
        [.. Cluster.Nodes.Select(node => new NodeState(node.Name, node.Status, []))];

    /// <inheritdoc/>
    public override History HistorySoFar() => _history.SoFar();

    /// <inheritdoc/>
    public override WorldRun Finish()
    {
        if (_isFinished)
            throw new InvalidOperationException("the run is finished: expected a new one");
        var (end, isPartial, states) = (TimeSpan.FromTicks(NowNs / 100), !_load.IsOver, States());
        _isFinished = true;
        _load.Stop();
        _faults.TellEffects();
        if (Cluster.IsElsewhere)
        {
            // Nobody holds what is taken away.
            _clients.CloseAll();
            _engine.Leave();
        }

        return new(_history.Build(), ScheduleHash: 0, isPartial, new() { Load = _load.Counts }, end)
        {
            States = states,
            Notes =
            [
                $"It was {string.Join(", ", _engine.Versions)}.", .. _engine.LeftByOthers, .. Cluster.Notes,
            ],
            Findings = [.. Cluster.Troubles.Select(
                trouble => Verdict.Undecided("engine-came-back", trouble))],
        };
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => PutAway();

    void PutAway()
    {
        if (_isAway)
            return;
        _isAway = true;
        _clients.CloseAll();
        _engine.Dispose();
    }
}
