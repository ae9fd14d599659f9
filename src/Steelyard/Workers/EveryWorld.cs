using Steelyard.Services;
using Steelyard.Simulation;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Workers;

/// <summary>Runs each scenario in the first world that can run its deployment.</summary>
/// <param name="others">Worlds besides the simulated ones.</param>
internal sealed class EveryWorld(params IReadOnlyList<IWorld> others) : IWorld
{
    readonly IReadOnlyList<IWorld> _worlds = [new SimulatedWorld(), new ServicesSimulation(), .. others];

    /// <inheritdoc/>
    public bool CanRun(Deployment deployment) => _worlds.Any(world => world.CanRun(deployment));

    /// <inheritdoc/>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        var able = _worlds.FirstOrDefault(world => world.CanRun(scenario.Deployment))
            ?? throw Deployment.NoWorldRuns(scenario);
        return able.Start(scenario, plan, seed, control);
    }
}
