using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using Steelyard.Histories;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>
/// Watches the worker from the thread that waits for it, and only looks, as long as it moves. When it does
/// not, it is interrupted: the exception that this throws tells where it stood.
/// </summary>
internal sealed class WorkerWatchdog
{
    // One step is what code does until it awaits. A thread that is found waiting at every look has not been
    // slow; one that computes may be, when fifty hosts start on a machine that has other things to do.
    static readonly TimeSpan PatienceWhileItWaits = TimeSpan.FromSeconds(10);
    static readonly TimeSpan PatienceWhileItComputes = TimeSpan.FromSeconds(60);
    static readonly TimeSpan PatienceForAStack = TimeSpan.FromSeconds(5);
    static readonly TimeSpan PatienceForAnEnd = TimeSpan.FromSeconds(1);

    readonly ManualResetEventSlim _caught = new();
    readonly int _looksWhileItWaits;
    readonly int _looksWhileItComputes;
    long _steps = -1;
    int _still;
    int _waiting;
    int _found;
    string? _mistake;

    /// <summary>Begins to watch.</summary>
    /// <param name="patience">How long one step may take; null is 10 s for a thread that waits and 60 s for
    /// one that computes.</param>
    public WorkerWatchdog(TimeSpan? patience)
    {
        _looksWhileItWaits = (int)((patience ?? PatienceWhileItWaits) / Interval);
        _looksWhileItComputes = (int)((patience ?? PatienceWhileItComputes) / Interval);
    }

    /// <summary>From one look to the next. Looks are counted, so that a process that is held still does not
    /// seem to be blocked when it goes on.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Has a look at the worker.</summary>
    /// <param name="worker">Its thread.</param>
    /// <param name="steps">How many steps it has made.</param>
    /// <exception cref="UserMistakeException">It is blocked.</exception>
    public void Look(Thread worker, long steps)
    {
        // What was found may be what keeps the worker from ending the run by itself.
        if (Violation.Found is not null && ++_found >= PatienceForAnEnd / Interval)
            Violation.MustBeNone();
        var isStill = steps == _steps && !Debugger.IsAttached;
        _steps = steps;
        _still = isStill ? _still + 1 : 0;
        _waiting = isStill && Waits(worker) ? _waiting + 1 : 0;
        if (Violation.Found is null && (_waiting >= _looksWhileItWaits || _still >= _looksWhileItComputes))
            Violation.Note(Diagnose(worker));
    }

    static bool Waits(Thread thread) =>
        thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin);

    string Diagnose(Thread worker)
    {
        void Catch(object? source, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs thrown)
        {
            if (Thread.CurrentThread != worker
                || thrown.Exception is not (ThreadInterruptedException or ThreadAbortException))
                return;
            var stack = new UserStack(new StackTrace(fNeedFileInfo: true));
            _mistake = Describe(
                CallContext.Current, thrown.Exception is ThreadAbortException, stack);
            _caught.Set();
            // It must not go on: what it would do now belongs to no run.
            Thread.Sleep(Timeout.Infinite);
        }

        AppDomain.CurrentDomain.FirstChanceException += Catch;
        if (Waits(worker))
            worker.Interrupt();
        else
            Abort(worker);
        return _caught.Wait(PatienceForAStack)
            ? _mistake!
            : $"{Violation.Name(CallContext.Last)} blocks the only worker"
                + $"{Violation.While(CallContext.Last)}, in code that cannot be interrupted to see where"
                + " (this host's request was the last to begin);"
                + " expected await";
    }

    static string Describe(CallContext? context, bool computes, UserStack stack)
    {
        var place = stack.Places.Length > 0 ? stack.Places : HandlerCode.Place(context, stack.Call);
        var what = computes ? "it computes and never awaits" : stack.Call;
        var advice = computes ? "a loop that ends, or awaits" : Advice(stack.Call);
        return $"{Violation.Name(context)} blocks the only worker{Violation.While(context)}: {what}"
            + $"{(place is null ? "" : $" {place}")}; expected {advice}";
    }

    static string Advice(string call) => call switch
    {
        "Thread.Sleep" => "await Task.Delay(time, timeProvider)",
        "SemaphoreSlim.Wait" => "await WaitAsync",
        "lock" => "a lock that is freed, or a SemaphoreSlim and await WaitAsync",
        _ => "await",
    };

    // What the runtime has for ControlledExecution, which would have to be given all code beforehand.
    // Where it is missing, there is no stack.
    static void Abort(Thread thread)
    {
        const BindingFlags Hidden =
            BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var handle = typeof(Thread).GetMethod("GetNativeHandle", Hidden, [])?.Invoke(thread, null);
        typeof(ControlledExecution).GetMethod("AbortThread", Hidden)?.Invoke(null, [handle]);
    }
}
