using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation;

/// <summary>
/// The simulated world: one thread, virtual time, one seed. Scenario, plan, seed and commit determine a run
/// bit for bit.
/// </summary>
/// <remarks>
/// <para>A tour. <c>Scheduling</c> keeps virtual time: a heap of events, and the context on which awaits go
/// on. <c>Endpoints</c> are the nodes and clients: their timers, calls and lives. <c>Networks</c> carries
/// messages, <c>Disks</c> keeps files, <c>Clocks</c> tells each endpoint its own time. <c>Clients</c> invokes
/// what the workload yields and records the history; <c>Faults</c> lets the plan happen.</para>
/// <para>A run: nodes start; operations arrive for the scenario's duration while the plan's faults come and
/// go; then everything is healed, open operations may finish, the system settles, and each client makes its
/// final reads.</para>
/// </remarks>
public sealed class SimulatedWorld : IWorld
{
    /// <inheritdoc/>
    public bool CanRun(Deployment deployment) => deployment is SimulatedDeployment;

    /// <inheritdoc/>
    /// <exception cref="NodeFailedException">A node of the design threw as it started.</exception>
    public RunSession Start(Scenario scenario, FaultPlan plan, Seed seed, RunControl control) =>
        CanRun(scenario.Deployment)
            ? new SimulatedSession(scenario, plan, seed, control)
            : throw Deployment.NoWorldRuns(scenario);
}
