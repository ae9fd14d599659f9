using System.Reflection;

namespace Steelyard.PrivateRuntime;

/// <summary>
/// Answers for the machine in a process that runs on a <see cref="RuntimeCopy"/>: whatever asks for the time,
/// for random bytes or for a timer, frameworks and packages included, asks here. Each answer may be left to
/// the machine. All is called on the thread that asks, and must not block.
/// </summary>
public abstract class ProcessHooks
{
    // Of the copied core library; nowhere else is such a type.
    static readonly Type? s_fields = typeof(object).Assembly.GetType(CoreLibraryHooks.FieldsType);

    /// <summary>What a clock answers that leaves the question to the machine.</summary>
    public const long Machine = long.MinValue;

    /// <summary>Whether this process runs on such a copy.</summary>
    public static bool ArePresent => s_fields is not null;

    /// <summary>Lets this one answer from now on, in place of the one before.</summary>
    /// <exception cref="InvalidOperationException">The process does not run on a copy.</exception>
    public void Install()
    {
        Set(CoreLibraryHooks.Milliseconds, (Func<long>)Milliseconds);
        Set(CoreLibraryHooks.Timestamp, (Func<long>)Timestamp);
        Set(CoreLibraryHooks.UtcTicks, (Func<long>)UtcTicks);
        Set(CoreLibraryHooks.RandomBytes, (Func<IntPtr, int, bool>)Fill);
        Set(CoreLibraryHooks.RandomBits, (Func<long>)RandomBits);
        Set(CoreLibraryHooks.SocketWaits, (Func<IntPtr, bool, int, bool>)Wait);
        Set(CoreLibraryHooks.SetTimer, (Func<object, TimerCallback, uint, uint, bool>)SetTimer);
    }

    /// <summary>What <see cref="Environment.TickCount64"/> says, in ms; or <see cref="Machine"/>.</summary>
    protected abstract long Milliseconds();

    /// <summary>What <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> says, in its own unit; or
    /// <see cref="Machine"/>.</summary>
    protected abstract long Timestamp();

    /// <summary>What <see cref="DateTime.UtcNow"/> says, in ticks; or <see cref="Machine"/>.</summary>
    protected abstract long UtcTicks();

    /// <summary>The 64 bits of which a <see cref="Random"/> without a seed makes its next number; or
    /// <see cref="Machine"/>.</summary>
    protected abstract long RandomBits();

    /// <summary>Fills bytes with random ones.</summary>
    /// <returns>False to leave it to the machine.</returns>
    protected abstract bool Fill(Span<byte> bytes);

    /// <summary>Sets a timer, or sets it anew.</summary>
    /// <param name="timer">The same object for the same timer; it fires when it is executed.</param>
    /// <param name="callback">What it calls then.</param>
    /// <param name="dueMilliseconds">When, from now; <see cref="uint.MaxValue"/> is never.</param>
    /// <param name="periodMilliseconds">How often after that; 0 and <see cref="uint.MaxValue"/> are
    /// once.</param>
    /// <returns>False to leave it to the machine.</returns>
    protected abstract bool SetTimer(
        IThreadPoolWorkItem timer, TimerCallback callback, uint dueMilliseconds, uint periodMilliseconds);

    /// <summary>A call of a socket is about to hold up its thread. Unlike the others this may
    /// block.</summary>
    /// <param name="socket">Its number.</param>
    /// <param name="toSend">True where it waits for room, and false where it waits for bytes.</param>
    /// <param name="timeout">How long it may wait; not above 0 is for ever.</param>
    /// <exception cref="System.Net.Sockets.SocketException">It took too long.</exception>
    protected virtual void WaitForSocket(int socket, bool toSend, int timeout)
    {
    }

    /// <summary>Lets all that is queued for the pool wait in one queue, in the order in which it came.
    /// Otherwise each thread of the pool has a queue of its own for what it queues itself.</summary>
    protected static void UseOneQueue(bool one) => Set(CoreLibraryHooks.OneQueue, one);

    bool Wait(IntPtr socket, bool toSend, int timeout)
    {
        WaitForSocket((int)socket, toSend, timeout);
        return true;
    }

    static void Set(string field, object hook)
    {
        if (s_fields is null)
            throw new InvalidOperationException("expected a process on a private copy of the runtime");
        s_fields.GetField(field)!.SetValue(null, hook);
    }

    unsafe bool Fill(IntPtr bytes, int count) => Fill(new Span<byte>((void*)bytes, count));

    bool SetTimer(object timer, TimerCallback callback, uint dueMilliseconds, uint periodMilliseconds) =>
        SetTimer((IThreadPoolWorkItem)timer, callback, dueMilliseconds, periodMilliseconds);
}
