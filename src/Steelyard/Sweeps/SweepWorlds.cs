using Steelyard.Runs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>Where a sweep runs its points: here, but for deployments that want a process for themselves.
/// Processes wait for the next point, since a start costs more than a run.</summary>
internal static class SweepWorlds
{
    /// <summary>What makes the place of a run.</summary>
    public static Func<RunRequest, IWorld> Of(WorkerCommand command) => request =>
        request.Build().Deployment.FillsProcess
            ? new WorkerWorld(command, request.Spec) { SharesProcesses = true }
            : new EveryWorld();
}
