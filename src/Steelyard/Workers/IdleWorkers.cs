using System.Collections.Concurrent;

namespace Steelyard.Workers;

/// <summary>Workers whose hunt is over and that wait for the next one of this process, since a start costs
/// more than a run. They end with this process.</summary>
internal static class IdleWorkers
{
    static readonly ConcurrentDictionary<string, ConcurrentBag<WorkerProcess>> s_idle =
        new(StringComparer.Ordinal);

    /// <summary>A worker of a command: one that waits, or else a new one.</summary>
    /// <exception cref="WorkerFailedException">A new one does not start.</exception>
    public static WorkerProcess TakeOrStart(WorkerCommand command)
    {
        while (Of(command).TryTake(out var idle))
        {
            if (idle.IsSound)
                return idle;
            idle.Dispose();
        }

        return new(command);
    }

    /// <summary>Lets a worker wait, where nothing went wrong in it; else it ends.</summary>
    public static void Return(WorkerCommand command, WorkerProcess worker)
    {
        if (worker.IsSound)
            Of(command).Add(worker);
        else
            worker.Dispose();
    }

    // One sees the folder it was started in.
    static ConcurrentBag<WorkerProcess> Of(WorkerCommand command) => s_idle.GetOrAdd(
        string.Join('\n', [Directory.GetCurrentDirectory(), command.Program, .. command.Arguments]),
        static _ => []);
}
