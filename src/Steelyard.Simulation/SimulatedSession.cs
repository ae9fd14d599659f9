using Steelyard.Histories;
using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation;

/// <summary>A simulated run as whoever advances it sees it. It holds nothing but memory.</summary>
internal sealed class SimulatedSession : RunSession
{
    readonly SimulatedRun _run;

    public SimulatedSession(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        _run = new(scenario, plan, seed, control);
        Here(_run.Begin);
    }

    public override long NowNs => _run.NowNs;

    public override bool HasEnded => _run.HasEnded;

    public override void Advance(RunPoint until) => Here(() => _run.Advance(until, pauses: null));

    public override IReadOnlyList<NodeState> States() => Here(_run.States);

    public override History HistorySoFar() => _run.History.SoFar();

    public override WorldRun Finish() => Here(_run.Finish);

    protected override void Dispose(bool disposing)
    {
        // Nothing of it outlives its last step.
    }

    void Here(Action act) => Here(() =>
    {
        act();
        return true;
    });

    // Between two steps this thread is not the run's: code of it that runs then has escaped.
    T Here<T>(Func<T> act)
    {
        var outer = Scheduler.Running;
        try
        {
            return _run.Within(act);
        }
        finally
        {
            Scheduler.Running = outer;
        }
    }
}
