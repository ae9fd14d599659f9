using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Workers;

namespace Steelyard.Testing;

/// <summary>A scenario of a test project, as every command takes it, and what starts its workers.</summary>
/// <param name="Request">What to run.</param>
/// <param name="Command">What starts a worker that sees the project's packages.</param>
internal sealed record TestedScenario(RunRequest Request, WorkerCommand Command)
{
    /// <summary>Of a type that implements <see cref="Services.Scenarios.IServicesScenario"/>.</summary>
    /// <exception cref="UserMistakeException">It cannot be run in another process.</exception>
    public static TestedScenario Of(Type scenario)
    {
        var assembly = scenario.Assembly.Location;
        if (assembly.Length == 0)
            throw new UserMistakeException(
                $"{scenario.FullName}: expected an assembly with a file, which other processes can load");
        var design = ServicesScenarios.Of(scenario);
        return new(
            RunRequest.Of(
                design, new(design, new()), FaultChoice.Story, RunSpec.DefaultSeed, assembly),
            WorkerCommand.WithPackagesOf(assembly));
    }

    /// <summary>A worker of its own.</summary>
    /// <param name="seedsPerProcess">How many seeds a process runs until a fresh one takes over.</param>
    public WorkerWorld CreateWorld(int seedsPerProcess = WorkerWorld.DefaultSeedsPerProcess) =>
        new(Command, Request.Spec, seedsPerProcess);

    /// <summary>A worker of its own for one seed, which leaves the page and files of its run in a
    /// folder.</summary>
    public WorkerWorld CreateWorldThatLeaves(string folder) =>
        new(Command, Request.Spec, seedsPerProcess: 1) { LeavesIn = folder };

    /// <summary>A worker that may have served other scenarios of the project, and will.</summary>
    public WorkerWorld CreateSharedWorld() => new(Command, Request.Spec) { SharesProcesses = true };
}
