using Steelyard.Histories;
using Steelyard.Services.Determinism.Runtime;

namespace Steelyard.Services.Scheduling;

/// <summary>
/// The one worker that runs everything of a services world. With a thread pool of one, what is queued runs in
/// one order; and when the queue is empty while the worker is ours, all code waits for the world.
/// </summary>
public static class PoolThread
{
    // A step is a round of all that is queued. So many at one instant are a loop that only yields.
    const int MostStepsAtOnce = 2_000_000;

    static Thread? s_thread;
    static long s_steps;

    // Of which all but one stand still.
    static int s_threads;

    /// <summary>Makes the process's thread pool one worker. To be called first in <c>Main</c>, before
    /// anything is queued.</summary>
    public static void Prepare()
    {
        // Files that are watched for changes are watched by threads of their own.
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
        // An attempt to connect outlives its request by some seconds of the machine's clock, unless it is
        // told to wait for ever; the simulated network ends it in virtual time.
        AppContext.SetData("System.Net.SocketsHttpHandler.PendingConnectionTimeoutOnRequestCompletion", "-1");
        // Two threads that watch sockets would tell of them in an order of their own.
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
        ThreadPool.SetMinThreads(1, 1);
        ThreadPool.SetMaxThreads(1, 1);
        s_threads = 1;
    }

    /// <summary>Lets the pool have another thread, for one that stands still.</summary>
    internal static void AddThread()
    {
        s_threads++;
        ThreadPool.SetMaxThreads(s_threads, s_threads);
        ThreadPool.SetMinThreads(s_threads, s_threads);
    }

    /// <summary>Makes this thread the worker's.</summary>
    internal static void Enter() => s_thread = Thread.CurrentThread;

    /// <summary>Whether this process has one worker only.</summary>
    public static bool IsPrepared
    {
        get
        {
            ThreadPool.GetMaxThreads(out var workers, out _);
            return workers == Math.Max(1, s_threads);
        }
    }

    /// <summary>Whether this is the worker's thread.</summary>
    internal static bool IsHere => Thread.CurrentThread == s_thread;

    /// <summary>Whether something is queued for the worker.</summary>
    internal static bool HasWork => ThreadPool.PendingWorkItemCount > 0;

    /// <summary>Completes, on the worker, when nothing is queued for it.</summary>
    internal static async Task Settled()
    {
        s_thread = Thread.CurrentThread;
        for (var steps = 0; HasWork; steps++)
        {
            s_steps++;
            if (steps == MostStepsAtOnce)
                Violation.Note(
                    $"{Violation.Name(CallContext.Last)}: expected code that waits some time, found work "
                    + "that queues new work for ever (its request was the last to begin)");
            if (steps >= MostStepsAtOnce)
                return;
            await Task.Yield();
        }

        s_steps++;
    }

    /// <summary>How long one step of the worker may take, until its host is named as one that blocks it; null
    /// is 10 s for a thread that waits and 60 s for one that computes.</summary>
    public static TimeSpan? Patience { get; set; }

    /// <summary>Begins something on the worker. Not in the event loop: what starts there would come back to
    /// it after every await.</summary>
    internal static void Begin(Func<Task> act) =>
        ThreadPool.UnsafeQueueUserWorkItem(static begin => _ = begin(), act, preferLocal: false);

    /// <summary>Runs something on the worker, and waits for it here.</summary>
    /// <exception cref="InvalidOperationException">The process was not prepared.</exception>
    /// <exception cref="UserMistakeException">Something did not fit in the world; this process runs
    /// nothing any more.</exception>
    internal static T Run<T>(Func<Task<T>> act)
    {
        if (!IsPrepared)
            throw new InvalidOperationException(
                "a services world needs a process with one worker: PoolThread.Prepare() first in Main");
        Violation.MustBeNone();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(
            static work => _ = Finish(work.act, work.done), (act, done), preferLocal: false);
        WaitFor(done.Task);
        return done.Task.GetAwaiter().GetResult();
    }

    static void WaitFor(Task done)
    {
        var watch = new WorkerWatchdog(Patience);
        while (Task.WaitAny([done], WorkerWatchdog.Interval) < 0)
            if (Volatile.Read(ref s_thread) is { } thread)
                watch.Look(thread, Volatile.Read(ref s_steps));
    }

    static async Task Finish<T>(Func<Task<T>> act, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(await act().ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Not swallowed: it is thrown again where the result is waited for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            done.SetException(failure);
        }
    }
}
