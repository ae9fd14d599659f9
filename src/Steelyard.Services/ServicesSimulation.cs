using Steelyard.Histories;
using Steelyard.Services.Misfits;
using Steelyard.Services.Scheduling;
using Steelyard.Simulation;
using Steelyard.Worlds;

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
            ? Worker.Run(() => ExecuteHere(new(scenario, plan, seed, control)))
            : throw Deployment.NoWorldRuns(scenario);

    static async Task<WorldRun> ExecuteHere(SteppedRun run)
    {
        Errand.Reset();
        Starts.Reset();
        var standstill = new Standstill(run);
        run.GivesUp = standstill.Look;
        Misfit.Begin();
        RealTimers.Watch();
        await Worker.Settled();
        try
        {
            run.Begin();
            do
            {
                await Worker.Settled();
                Misfit.MustBeNone();
            }
            while (run.Advance(static () => Worker.HasWork));
            Misfit.MustBeNone();
            return Judged(run.Finish(), standstill);
        }
        catch (Exception failure) when (Misfit.Found is { } mistake && failure is not UserMistakeException)
        {
            // It may be what came of it.
            throw new UserMistakeException(mistake, failure);
        }
        finally
        {
            Misfit.End();
            if (Misfit.Found is null)
                await Residents.StopAll();
        }
    }

    static WorldRun Judged(WorldRun run, Standstill standstill)
    {
        if (!run.IsPartial)
            Starts.MustBeDone();
        return run with { Findings = [.. run.Findings, .. standstill.Found] };
    }
}
