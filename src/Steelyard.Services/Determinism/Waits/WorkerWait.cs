using System.Reflection;
using System.Runtime.CompilerServices;
using Steelyard.Services.Scheduling;

namespace Steelyard.Services.Determinism.Waits;

/// <summary>
/// Lets code hold up the worker, as a synchronous call does. Another thread is the worker meanwhile, and the
/// world goes on; when what was waited for is there, the thread that waited is the worker again, and the
/// other one stands still. So at any time one thread runs, and which one follows from the seed.
/// </summary>
internal static class WorkerWait
{
    // What is queued so is done first: a thread that is new knows where it is before it does anything.
    static readonly MethodInfo? s_queueFirst = typeof(ThreadPool).GetMethod(
        "UnsafeQueueHighPriorityWorkItemInternal", BindingFlags.Static | BindingFlags.NonPublic);

    static readonly List<Waiting> s_waiting = [];
    static readonly Stack<SemaphoreSlim> s_idle = new();
    static Action s_enter = static () => { };
    static bool s_isOver = true;

    /// <summary>A run begins.</summary>
    /// <param name="enter">Makes the thread that calls it the run's.</param>
    public static void Begin(Action enter) => (s_enter, s_isOver) = (enter, false);

    /// <summary>Lets the world go on until something has happened. To be called on the worker, by code of the
    /// world, and not in the event loop.</summary>
    /// <param name="hasHappened">Asked between two events.</param>
    public static void Until(Func<bool> hasHappened)
    {
        if (s_isOver || hasHappened())
            return;
        var waiting = new Waiting(hasHappened);
        s_waiting.Add(waiting);
        LetAnotherWork();
        waiting.GoOn.Wait();
        s_enter();
    }

    /// <summary>Lets the first one go on of those who wait no more, and completes, on the worker, when it has
    /// done what it had to.</summary>
    /// <returns>False where all have to wait.</returns>
    public static async ValueTask<bool> LetOneGoOn()
    {
        var place = s_waiting.FindIndex(waiting => s_isOver || waiting.HasHappened());
        if (place < 0)
            return false;
        var next = s_waiting[place];
        s_waiting.RemoveAt(place);
        await new Handover(next.GoOn);
        return true;
    }

    /// <summary>The run is over: whoever waits for what does not happen any more goes on.</summary>
    public static async ValueTask End()
    {
        s_isOver = true;
        while (await LetOneGoOn().ConfigureAwait(false))
            await PoolThread.Settled().ConfigureAwait(false);
    }

    static void LetAnotherWork()
    {
        if (s_idle.TryPop(out var idle))
        {
            idle.Release();
            return;
        }

        // In this order: the thread begins at once.
        QueueFirst(new Entering());
        PoolThread.AddThread();
    }

    static void QueueFirst(IThreadPoolWorkItem item) => s_queueFirst!.Invoke(null, [item]);

    sealed record Waiting(Func<bool> HasHappened)
    {
        public SemaphoreSlim GoOn { get; } = new(0);
    }

    sealed class Entering : IThreadPoolWorkItem
    {
        public void Execute() { s_enter(); }
    }

    /// <summary>Stands still while another thread is the worker.</summary>
    sealed class StandingStill(SemaphoreSlim worker) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            var idle = new SemaphoreSlim(0);
            s_idle.Push(idle);
            worker.Release();
            idle.Wait();
            s_enter();
        }
    }

    /// <summary>Gives another thread the worker's place; what comes after it, that thread comes to.</summary>
    readonly struct Handover(SemaphoreSlim to) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Handover GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        // Not here: whoever awaits this is on this thread's stack.
        public void UnsafeOnCompleted(Action continuation)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static rest => rest(), continuation, preferLocal: false);
            QueueFirst(new StandingStill(to));
        }
    }
}
