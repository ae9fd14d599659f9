using Steelyard.Histories;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Scenarios;
using Steelyard.Services.Scheduling;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services;

/// <summary>
/// The services world: real ASP.NET Core hosts and real HttpClients on the simulated network, in virtual
/// time. Scenario, plan, seed and commit determine a run, as in the simulated world that it stands on.
/// </summary>
public sealed class ServicesSimulation : IWorld
{
    /// <inheritdoc/>
    public bool CanRun(Deployment deployment) => deployment is ServicesDeployment;

    /// <inheritdoc/>
    public WorldRun Execute(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        CanRun(scenario.Deployment)
            ? PoolThread.Run(() => ExecuteHere(new(scenario, plan, seed, control)))
            : throw Deployment.NoWorldRuns(scenario);

    static async Task<WorldRun> ExecuteHere(SteppedRun run)
    {
        CallContext.Reset();
        HostStarts.Reset();
        var standstill = new Deadlocks(run);
        run.GivesUp = standstill.Look;
        Violation.Begin();
        RealTimers.Watch();
        await PoolThread.Settled();
        try
        {
            run.Begin();
            do
            {
                await PoolThread.Settled();
                Violation.MustBeNone();
            }
            while (run.Advance(static () => PoolThread.HasWork));
            Violation.MustBeNone();
            return Judged(run.Finish(), standstill);
        }
        catch (Exception failure) when (Violation.Found is { } mistake && failure is not UserMistakeException)
        {
            // It may be what came of it.
            throw new UserMistakeException(mistake, failure);
        }
        finally
        {
            Violation.End();
            if (Violation.Found is null)
                await LiveHosts.StopAll();
        }
    }

    static WorldRun Judged(WorldRun run, Deadlocks standstill)
    {
        if (!run.IsPartial)
            HostStarts.MustBeDone();
        return run with { Findings = [.. run.Findings, .. standstill.Found] };
    }
}
