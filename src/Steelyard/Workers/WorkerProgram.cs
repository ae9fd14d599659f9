using Steelyard.Services.Scheduling;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Workers;

/// <summary>The worker of a program that is no worker itself, such as a test project: it is started with that
/// program's packages, and runs what the program's assemblies hold.</summary>
internal static class WorkerProgram
{
    // A method with a name: top-level statements would put a public Program beside the user's own.
    static int Main(string[] args)
    {
        PoolThread.Prepare();
        if (args is [WorkerCommand.Word, WorkerCommand.PatienceWord, var patience])
            PoolThread.Patience = Durations.Parse(patience);
        else if (args is not [WorkerCommand.Word])
            return Refuse();
        // Not by returning: a thread that an application started would keep the process.
        Environment.Exit(WorkerLoop.Run(new([]), new EveryWorld()));
        return Environment.ExitCode;
    }

    static int Refuse()
    {
        const int usersMistake = 2;
        Console.Error.WriteLine("steelyard: this is a library; the command line is the tool Steelyard.Tool");
        return usersMistake;
    }
}
