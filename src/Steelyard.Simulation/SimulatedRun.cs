using Steelyard.Histories;
using Steelyard.Simulation.Clients;
using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Faults;
using Steelyard.Simulation.Networks;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation;

/// <summary>One run: its parts, and the loop that lets one event happen after the other.</summary>
internal sealed class SimulatedRun
{
    // How many events go by between two looks at the outside (cancellation, progress).
    const int LookEvery = 1024;
    const int MostLooksAtOneInstant = 4_000;

    readonly Endpoint?[] _endpoints;
    readonly SimulatedLoad _load;
    readonly FaultInjector _faults;
    readonly RunMonitor _monitor;
    readonly EventLimit _limit;

    // Whose event is handled now.
    int _at;
    int _sinceLook;
    long _reachedNs;
    bool _isFinished;

    /// <summary>Prepares a run; nothing happens yet.</summary>
    /// <exception cref="UserMistakeException">Scenario and plan do not fit together.</exception>
    public SimulatedRun(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        ScenarioCheck.Check(scenario);
        FaultPlanCheck.Check(plan, scenario);
        Scenario = scenario;
        Deployment = ((NodeDeployment)scenario.Deployment).ForRun();
        Seed = seed;
        // More than may happen in all cannot wait at once for long.
        Scheduler = new(scenario.EventBudget);
        _limit = new(Scheduler, scenario.EventBudget, MostLooksAtOneInstant);
        Trace = control.Trace;
        NodeIds = [.. Enumerable.Range(0, scenario.Cluster.Nodes.Count).Select(index => new NodeId(index))];
        Places = new(scenario.Cluster, scenario.Load.MostClients);
        Network = new(this, Places);
        Nodes = [.. scenario.Cluster.Nodes.Select((spec, index) => new NodeHost(this, index, spec))];
        _endpoints = new Endpoint?[Places.Count];
        Nodes.CopyTo(_endpoints, 0);
        History = Deployment.Account?.Requests ?? control.Recorder ?? new HistoryBuilder();
        Deployment.Account?.Open(() => Scheduler.NowNs);
        Watch = control.States is { } states ? new(this, states) : null;
        _faults = new(this, plan, History);
        _load = new(this, _faults);
        _monitor = new(control, Scheduler);
    }

    public Scenario Scenario { get; }

    /// <summary>What stands on the scenario's cluster.</summary>
    public NodeDeployment Deployment { get; }

    public Seed Seed { get; }

    public ITraceSink? Trace { get; }

    /// <summary>Looks at the states of nodes; null where nobody wants to know.</summary>
    public StateWatch? Watch { get; }

    public Scheduler Scheduler { get; }

    public IOperationRecorder History { get; }

    public Placement Places { get; }

    public Network Network { get; }

    public NodeHost[] Nodes { get; }

    public NodeId[] NodeIds { get; }

    /// <summary>How far it is: nothing that happens until then is left to happen.</summary>
    public long NowNs => Math.Max(Scheduler.NowNs, _reachedNs);

    /// <summary>Whether nothing is left to happen.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Told when the world gives up on operations that are open; null is nobody.</summary>
    public Action<LeftOpen>? GivesUp { get; set; }

    /// <summary>Whether nothing can happen any more but from outside.</summary>
    public bool IsClosed => !Scheduler.Awaits(waits => waits.To.Index < _endpoints.Length
        && (waits.Kind != EventKind.Timer || _endpoints[waits.To.Index]!.Timers.IsSet(waits)));

    /// <summary>Makes a client, beside the node of its number, round and round.</summary>
    public ClientHost AddClient(int index)
    {
        var client = new ClientHost(this, index, NodeIds[index % NodeIds.Length]);
        _endpoints[client.Index] = client;
        return client;
    }

    /// <summary>Runs an action later, by the world's own clock. It keeps no world open.</summary>
    public TimerId SetTimer(TimeSpan after, Action action) =>
        _load.At(Scheduler.NowNs + (after.Ticks * 100), action);

    /// <summary>Cancels such a timer; one that fired or was cancelled is no error.</summary>
    public void CancelTimer(TimerId timer) => _load.Cancel(timer);

    /// <summary>Does something as code of this run, on this thread, which is the run's from then on: what its
    /// nodes do between two steps may set timers and send.</summary>
    public T Within<T>(Func<T> act)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(Scheduler.Context);
        Scheduler.Running = Scheduler;
        try
        {
            return act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    /// <summary>Lets every node start, and sets everything that comes from outside going.</summary>
    public void Begin()
    {
        foreach (var node in Nodes)
            node.Start();
        Scheduler.Context.Drain();
        _at = _endpoints.Length;
        for (var node = 0; node < Nodes.Length; node++)
            Watch?.Look(node);
        _load.Begin();
    }

    /// <summary>Goes on to a point, or to where <paramref name="pauses"/>, asked before every event, wants a
    /// pause.</summary>
    /// <returns>True at a pause.</returns>
    public bool Advance(RunPoint until, Func<bool>? pauses)
    {
        MustNotBeFinished();
        LookAgain();
        var isPause = !HasEnded && Loop(until, pauses);
        if (isPause)
            return true;
        if (!HasEnded && !until.IsEnd && Scheduler.Events < until.Events)
            _reachedNs = Math.Max(_reachedNs, until.TimeNs);
        _monitor.MustNotHaveEscaped();
        return false;
    }

    /// <summary>What each node shows of itself now.</summary>
    public IReadOnlyList<NodeState> States()
    {
        var sheet = new StateSheet();
        return [.. Nodes.Select(State)];

        NodeState State(NodeHost node)
        {
            node.Show(sheet);
            return new(node.Name, node.Status, sheet.Values);
        }
    }

    /// <summary>Writes an event without extent into the history.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="description">What happened, in one line.</param>
    public void Note(string kind, string description) => History.Add(
        new()
        {
            TimeNs = Scheduler.NowNs,
            Phase = FaultPhase.Instant,
            Kind = kind,
            Description = description,
        });

    /// <summary>What came of it.</summary>
    public WorldRun Finish()
    {
        MustNotBeFinished();
        _isFinished = true;
        var states = States();
        _load.Stop();
        // Before a trace is shown what would have come: whoever watches, the run ended here.
        var (end, counters, finding) =
            (TimeSpan.FromTicks(Scheduler.NowNs / 100), Counters(), _limit.Finding());
        Deployment.Account?.Close(Scheduler.NowNs);
        ShowWhatIsUnderWay();
        _faults.TellEffects();
        return new(History.Build(), Scheduler.ScheduleHash, IsPartial: !_load.IsOver, counters, end)
        {
            Findings = finding is null ? [] : [finding],
            States = states,
            Account = Deployment.Account,
        };
    }

    // Of services, also after a pause: their code runs then.
    void LookAgain()
    {
        if (Watch is not null && _at < Nodes.Length)
            Watch.Look(_at);
    }

    void MustNotBeFinished()
    {
        if (_isFinished)
            throw new InvalidOperationException("the run is finished: expected a new one");
    }

    // True at a pause.
    bool Loop(RunPoint until, Func<bool>? pauses)
    {
        while (true)
        {
            try
            {
                return DrainEnds() && HandleEvents(until, pauses);
            }
            catch (Exception) when (Scheduler.IsOverfull)
            {
                HasEnded = true;
                return false;
            }
            catch (NodeStoppedException stop) when (_at < Nodes.Length)
            {
                Nodes[_at].Stop(stop);
            }
            catch (Exception failure)
                when (_at < _endpoints.Length && failure is not (NodeFailedException or UserMistakeException))
            {
                throw new NodeFailedException(_endpoints[_at]!.Name, Scheduler.NowNs, Scheduler.Events,
                    failure);
            }
        }
    }

    // What never ends to post ends the run.
    bool DrainEnds()
    {
        if (Scheduler.Context.Drain())
            return true;
        HasEnded = true;
        return false;
    }

    bool HandleEvents(RunPoint until, Func<bool>? pauses)
    {
        while (!_load.IsOver)
        {
            // What a pause is for may bring new events, so the point is reached only after it.
            if (pauses is not null && pauses())
                return true;
            if (Scheduler.NextNs > until.TimeNs || Scheduler.Events >= until.Events)
                break;
            if (++_sinceLook >= LookEvery)
            {
                _sinceLook = 0;
                _at = _endpoints.Length;
                if (_monitor.WantsToStop() || _limit.IsReached())
                {
                    HasEnded = true;
                    return false;
                }
            }

            Scheduler.Next(out var due);
            _limit.Kinds?.Add(due);
            _at = due.To.Index;
            if (_at < _endpoints.Length)
                _endpoints[_at]!.Handle(due);
            else
                _load.Handle(due);
            if (Scheduler.Context.HasWork && !DrainEnds())
                return false;
            LookAgain();
        }

        HasEnded = _load.IsOver || Scheduler.IsEmpty;
        return false;
    }

    // A trace shows each message when it arrives; those still on their way at the end arrive after it.
    void ShowWhatIsUnderWay()
    {
        if (Trace is null)
            return;
        while (!Scheduler.IsEmpty)
        {
            Scheduler.Next(out var due);
            if (due.Kind == EventKind.Deliver && Network.Arrives(due))
                Network.Reached(due);
        }
    }

    WorldCounters Counters() => new()
    {
        Events = Scheduler.Events,
        MessagesSent = Network.MessagesSent,
        MessagesDelivered = Network.MessagesDelivered,
        MessagesDropped = Network.MessagesDropped,
        BytesSent = Network.BytesSent,
        Load = Deployment.Account?.Counts ?? _load.Counts,
    };
}
