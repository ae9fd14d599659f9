using Steelyard.Histories;
using Steelyard.Simulation.Faults;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation;

/// <summary>
/// A simulated run that somebody else moves on, for worlds whose nodes do more than handle messages: between
/// two events, these may let the code of their nodes run on the same thread until it waits.
/// </summary>
public sealed class SteppedRun
{
    readonly SimulatedRun _run;

    /// <summary>Prepares a run; nothing happens yet.</summary>
    /// <exception cref="UserMistakeException">Scenario and plan do not fit together.</exception>
    public SteppedRun(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        ScenarioCheck.Check(scenario);
        FaultPlanCheck.Check(plan, scenario);
        _run = new(scenario, plan, seed, control);
    }

    /// <summary>Told when the world gives up on operations that clients still wait for; null is
    /// nobody.</summary>
    public Action<LeftOpen>? GivesUp
    {
        get => _run.GivesUp;
        set => _run.GivesUp = value;
    }

    /// <summary>Now, in ns of the run.</summary>
    public long NowNs => _run.Scheduler.NowNs;

    /// <summary>Lets every node start.</summary>
    public void Begin() => Here(() =>
    {
        _run.Begin();
        return true;
    });

    /// <summary>Handles events until the run is over, or until <paramref name="pauses"/>, asked before every
    /// event, wants a pause.</summary>
    /// <returns>False when the run is over.</returns>
    public bool Advance(Func<bool> pauses) => Here(() => _run.Advance(pauses));

    /// <summary>Writes an event without extent into the history.</summary>
    /// <param name="kind">What kind it is.</param>
    /// <param name="description">What happened, in one line.</param>
    public void Note(string kind, string description) => _run.History.Add(
        new()
        {
            TimeNs = NowNs,
            Phase = FaultPhase.Instant,
            Kind = kind,
            Description = description,
        });

    /// <summary>What came of it.</summary>
    public WorldRun Finish() => Here(_run.Finish);

    // The run stays this thread's own between two steps: what its nodes do there may set timers and send.
    T Here<T>(Func<T> act)
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_run.Scheduler.Context);
        Scheduler.Running = _run.Scheduler;
        try
        {
            return act();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }
}
