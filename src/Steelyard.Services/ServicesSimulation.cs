using Steelyard.Services.Scenarios;
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
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        CanRun(scenario.Deployment)
            ? ServicesSession.Start(scenario, plan, seed, control)
            : throw Deployment.NoWorldRuns(scenario);
}
