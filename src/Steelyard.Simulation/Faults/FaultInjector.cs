using Steelyard.Histories;
using Steelyard.Simulation.Endpoints;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Faults;

/// <summary>Lets the faults of a plan begin and end, and records both.</summary>
internal sealed class FaultInjector(SimulatedRun run, FaultPlan plan, IOperationRecorder history)
{
    /// <summary>A fault under way, its names resolved, and what undoes it.</summary>
    sealed record Active(int Place, Fault Fault, Action Undo);

    readonly List<Active> _active = [];
    readonly SeededRandom _random = new(run.Seed, "fault-targets");
    readonly FaultableWorld _world = new(run);
    readonly EffectMark?[] _effects = new EffectMark?[plan.Faults.Count];

    /// <summary>Sets a timer for the start of each fault.</summary>
    public void Begin(TimerTable timers)
    {
        _world.Timers = timers;
        for (var i = 0; i < plan.Faults.Count; i++)
        {
            var place = i;
            timers.Set(plan.Faults[i].At, () => Start(place, timers));
        }
    }

    /// <summary>Ends all that still lasts, in the order of its beginning.</summary>
    public void HealAll()
    {
        while (_active.Count > 0)
            End(_active[0]);
    }

    /// <summary>Says in the history which faults had an effect.</summary>
    public void TellEffects() => history.SetEffects(place => _effects[place]?.IsSet);

    void Start(int place, TimerTable timers)
    {
        var fault = plan.Faults[place].WithLeader(LeaderNow);
        var effect = _effects[place] = new();
        var active = new Active(place, fault, fault.Apply(_world, effect));
        Record(active, fault.HasExtent ? FaultPhase.Start : FaultPhase.Instant);
        if (!fault.HasExtent)
            return;
        _active.Add(active);
        if (fault.For is { } lasts)
            timers.Set(lasts, () => End(active));
    }

    void End(Active active)
    {
        // Already ended when everything was healed.
        if (!_active.Remove(active))
            return;
        Record(active, FaultPhase.End);
        active.Undo();
    }

    // Several may believe that they lead, and then the first is taken; when none does, any may be hit.
    string LeaderNow()
    {
        if (Array.Find(run.Nodes, node => node.IsLeader) is { } leader)
            return leader.Name;
        List<string> others =
            [.. run.Scenario.Cluster.Nodes.Where(node => !node.IsClient).Select(node => node.Name)];
        return _random.Choose(others);
    }

    void Record(Active active, FaultPhase phase) => history.Add(active.Fault.Event(
        active.Place, phase, run.Scheduler.NowNs, run.Nodes.Select(node => node.Name)));
}
