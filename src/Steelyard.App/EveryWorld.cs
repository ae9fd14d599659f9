using Steelyard.Services;
using Steelyard.Simulation;
using Steelyard.Worlds;

namespace Steelyard.App;

/// <summary>Runs each scenario in the world that can: services in theirs, all others in the simulated
/// one.</summary>
internal sealed class EveryWorld : IWorld
{
    readonly SimulatedWorld _simulated = new();
    readonly ServicesSimulation _services = new();

    public WorldRun Execute(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        scenario.HasServices
            ? _services.Execute(scenario, plan, seed, control)
            : _simulated.Execute(scenario, plan, seed, control);
}
