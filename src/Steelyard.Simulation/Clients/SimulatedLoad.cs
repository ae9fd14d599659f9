using Steelyard.Histories;
using Steelyard.Simulation.Endpoints;
using Steelyard.Simulation.Faults;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Simulation.Clients;

/// <summary>The simulated world as the load sees it: its own perfect time, its clients and its
/// faults.</summary>
internal sealed class SimulatedLoad : ILoadWorld
{
    readonly SimulatedRun _run;
    readonly FaultInjector _faults;
    readonly TimerTable _timers;
    readonly LoadDriver _driver;

    public SimulatedLoad(SimulatedRun run, FaultInjector faults)
    {
        _run = run;
        _faults = faults;
        // Its index is the first that is no endpoint's.
        _timers = new(run.Scheduler, run.Places.Count);
        _driver = new(run.Scenario.Load, run.Seed, this);
    }

    /// <summary>True once the last final read is done.</summary>
    public bool IsOver => _driver.IsOver;

    /// <summary>What became of the requests so far.</summary>
    public LoadCounts Counts => _driver.Counts;

    /// <inheritdoc/>
    public long NowNs => _run.Scheduler.NowNs;

    /// <inheritdoc/>
    public IOperationRecorder Recorder => _run.History;

    /// <inheritdoc/>
    public IReadOnlyList<NodeId> Nodes => _run.NodeIds;

    /// <inheritdoc/>
    public string NameOf(NodeId node) => _run.Nodes[node.Index].Name;

    /// <inheritdoc/>
    public ILoadClient AddClient(int index) => _run.AddClient(index);

    /// <inheritdoc/>
    public TimerId At(long timeNs, Action action) => _timers.SetNs(timeNs - NowNs, action);

    /// <inheritdoc/>
    public void Cancel(TimerId timer) => _timers.Cancel(timer);

    /// <inheritdoc/>
    public void Post(Action action) =>
        _run.Scheduler.Context.Post(static posted => ((Action)posted!)(), action);

    /// <inheritdoc/>
    public void BeginFaults() => _faults.Begin(_timers);

    /// <inheritdoc/>
    public void HealAll() => _faults.HealAll();

    /// <inheritdoc/>
    public void GivesUp(IReadOnlyList<int> operations, IReadOnlyList<int> processes) =>
        _run.GivesUp?.Invoke(new(_run.IsClosed, operations, processes));

    /// <summary>Sets everything that comes from outside going.</summary>
    public void Begin() => _driver.Begin();

    /// <summary>The run ends, perhaps before its time.</summary>
    public void Stop() => _driver.Stop();

    /// <summary>Lets one of its timers fire.</summary>
    public void Handle(in Event due)
    {
        if (!_timers.IsSet(due))
            return;
        _run.Scheduler.Count(due);
        ((Action)_timers.Take(due)!)();
    }
}
