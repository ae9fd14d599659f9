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
    const int LooksWithoutTime = 4_000;

    readonly RunControl _control;
    readonly Endpoint?[] _endpoints;
    readonly SimulatedLoad _load;
    readonly FaultInjector _faults;
    readonly RunMonitor _monitor;
    readonly EventLimit _limit;

    // Whose event is handled now.
    int _at;
    int _sinceLook;

    public SimulatedRun(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        Scenario = scenario;
        Deployment = (NodeDeployment)scenario.Deployment;
        Seed = seed;
        // More than may happen in all cannot wait at once for long.
        Scheduler = new(scenario.EventBudget);
        _limit = new(Scheduler, scenario.EventBudget);
        _control = control;
        Trace = control.Trace;
        NodeIds = [.. Enumerable.Range(0, scenario.Cluster.Nodes.Count).Select(index => new NodeId(index))];
        Places = new(scenario.Cluster, scenario.Load.MostClients);
        Network = new(this, Places);
        Nodes = [.. scenario.Cluster.Nodes.Select((spec, index) => new NodeHost(this, index, spec))];
        _endpoints = new Endpoint?[Places.Count];
        Nodes.CopyTo(_endpoints, 0);
        History = control.Recorder ?? new HistoryBuilder();
        _faults = new(this, plan, History);
        _load = new(this, _faults);
        _monitor = new(control, Scheduler, LooksWithoutTime);
    }

    public Scenario Scenario { get; }

    /// <summary>What stands on the scenario's cluster.</summary>
    public NodeDeployment Deployment { get; }

    public Seed Seed { get; }

    public ITraceSink? Trace { get; }

    public Scheduler Scheduler { get; }

    public IOperationRecorder History { get; }

    public Placement Places { get; }

    public Network Network { get; }

    public NodeHost[] Nodes { get; }

    public NodeId[] NodeIds { get; }

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

    /// <summary>Runs it to its end, or to where it is stopped.</summary>
    public WorldRun Execute()
    {
        var outerContext = SynchronizationContext.Current;
        var outerScheduler = Scheduler.Running;
        SynchronizationContext.SetSynchronizationContext(Scheduler.Context);
        Scheduler.Running = Scheduler;
        try
        {
            Begin();
            Advance(pauses: null);
            return Finish();
        }
        finally
        {
            Scheduler.Running = outerScheduler;
            SynchronizationContext.SetSynchronizationContext(outerContext);
        }
    }

    /// <summary>Lets every node start, and sets everything that comes from outside going.</summary>
    public void Begin()
    {
        foreach (var node in Nodes)
            node.Start();
        Scheduler.Context.Drain();
        _load.Begin();
    }

    /// <summary>Goes on to the end, or to where <paramref name="pauses"/>, asked before every event, wants a
    /// pause.</summary>
    /// <returns>False at the end.</returns>
    public bool Advance(Func<bool>? pauses)
    {
        if (!Loop(pauses))
            return true;
        _monitor.MustNotHaveEscaped();
        return false;
    }

    /// <summary>What came of it.</summary>
    public WorldRun Finish()
    {
        _load.Stop();
        ShowWhatIsUnderWay();
        _faults.TellEffects();
        return new(
            History.Build(), Scheduler.ScheduleHash, IsPartial: !_load.IsOver, Counters(),
            TimeSpan.FromTicks(Scheduler.NowNs / 100))
        {
            Findings = _limit.Finding() is { } finding ? [finding] : [],
        };
    }

    bool Loop(Func<bool>? pauses)
    {
        while (true)
        {
            try
            {
                if (Scheduler.Context.HasWork)
                    Scheduler.Context.Drain();
                return HandleEvents(pauses);
            }
            catch (Exception) when (Scheduler.IsOverfull)
            {
                return true;
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

    // True at the end of the run, false at a pause.
    bool HandleEvents(Func<bool>? pauses)
    {
        var stopAt = _control.StopAtEvent ?? long.MaxValue;
        while (!_load.IsOver && !Scheduler.IsEmpty && Scheduler.Events < stopAt)
        {
            if (pauses is not null && pauses())
                return false;
            if (++_sinceLook >= LookEvery)
            {
                _sinceLook = 0;
                _at = _endpoints.Length;
                if (_monitor.WantsToStop() || _limit.IsReached())
                    return true;
            }

            Scheduler.Next(out var due);
            _limit.Kinds?.Add(due);
            _at = due.To.Index;
            if (_at < _endpoints.Length)
                _endpoints[_at]!.Handle(due);
            else
                _load.Handle(due);
            if (Scheduler.Context.HasWork)
                Scheduler.Context.Drain();
        }

        return true;
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
        Load = _load.Counts,
    };
}
