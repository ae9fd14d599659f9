using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live;

/// <summary>
/// The live world: real engines as processes of this machine, real clients, real time, real kills and cut
/// links. The seed fixes what is asked and what breaks, not what comes of it: a run cannot be replayed.
/// </summary>
public sealed class LiveWorld : IWorld
{
    /// <inheritdoc/>
    public bool CanRun(Deployment deployment) => deployment is LiveDeployment;

    /// <inheritdoc/>
    /// <remarks>The engine is started and ready when it returns, which takes from half a second to half a
    /// minute.</remarks>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control)
    {
        if (!CanRun(scenario.Deployment))
            throw Deployment.NoWorldRuns(scenario);
        if (!OperatingSystem.IsLinux())
            throw new LiveException("live runs: expected Linux, found another system");
        FaultPlanCheck.Check(plan, scenario);
        FailoverOrder.Check(plan, scenario.Cluster.Nodes[0].Name);
        return LiveSession.Start(scenario, plan, seed, control);
    }
}
