using Steelyard.App.Terminals;
using Steelyard.Live.Engines;
using Steelyard.Services.Designs;
using Steelyard.Services.Scheduling;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>What <c>Main</c> does: the command line, or a worker that a command line started.</summary>
internal static class EntryPoint
{
    public static int Run(string[] args, IReadOnlyList<IDesign> designs)
    {
        // Not by returning: a thread that an application started would keep the process.
        Environment.Exit(Execute(args, designs));
        return Environment.ExitCode;
    }

    static int Execute(string[] args, IReadOnlyList<IDesign> designs)
    {
        if (ServiceCatalogue.IsHost(args))
            return ServiceCatalogue.RunHost(args);
        if (args is [RoomCleaner.Word, var room])
            return RoomCleaner.Run(room);
        // Before anything is queued: services are simulated with one worker, and nothing else here needs
        // more.
        PoolThread.Prepare();
        StartOver.IsPossible = true;
        return args is [WorkerCommand.Word]
            ? WorkerLoop.Run(new(designs, EveryDesign.Engines), EveryDesign.CreateWorld())
            : CommandLine.Execute(args, designs, Terminal.OfProcess());
    }
}
