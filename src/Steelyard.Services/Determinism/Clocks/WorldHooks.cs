using System.Diagnostics;
using Steelyard.PrivateRuntime;
using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Hosting;
using Steelyard.Services.Scheduling;
using Steelyard.Services.Sockets;
using Steelyard.Simulation;
using Steelyard.Simulation.Clocks;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>
/// The time, the timers and the randomness of a process, as the world has them. A host's code gets those of
/// its host, and what no host asks for (a client, a pool that hosts share) those of the world. Only the
/// worker is answered: other threads are not part of the world.
/// </summary>
internal sealed class WorldHooks : ProcessHooks
{
    static readonly WorldHooks? s_hooks = ArePresent ? new() : null;

    SimulatedRun? _run;
    ProcessTimers? _timers;
    ProcessEntropy? _entropy;
    bool _isReleased;
    bool _isOutside;

    WorldHooks()
    {
        OneTimeDraws.Make();
        Install();
    }

    /// <summary>A run begins.</summary>
    /// <returns>False when this process has no hooks, and asks the machine.</returns>
    public static bool Begin(SimulatedRun run)
    {
        if (s_hooks is not { } hooks)
            return false;
        OneTimeDraws.Forget();
        UseOneQueue(one: false);
        (hooks._run, hooks._isReleased) = (run, false);
        (hooks._timers, hooks._entropy) = (new(run), new(run.Seed));
        return true;
    }

    /// <summary>A run is over, and its hosts are put away: the world's own time stands, so what belongs to no
    /// host goes by the machine's.</summary>
    public static void Release()
    {
        if (s_hooks is { } hooks)
            hooks._isReleased = true;
    }

    /// <summary>Nothing of a run is left.</summary>
    public static void End()
    {
        if (s_hooks is { } hooks)
            (hooks._run, hooks._timers, hooks._entropy) = (null, null, null);
    }

    /// <summary>From here on another thread may be the worker.</summary>
    public static void UseOneQueue()
    {
        if (s_hooks is not null)
            UseOneQueue(one: true);
    }

    /// <summary>Does something that watches a run, by the machine's clock.</summary>
    public static void Outside<T>(Action<T> act, T argument)
    {
        s_hooks?._isOutside = true;
        try
        {
            act(argument);
        }
        finally
        {
            s_hooks?._isOutside = false;
        }
    }

    /// <inheritdoc/>
    protected override long Milliseconds() => Nanoseconds() is { } ns ? ns / 1_000_000 : Machine;

    /// <inheritdoc/>
    protected override long Timestamp() =>
        Nanoseconds() is { } ns ? ns / (1_000_000_000 / Stopwatch.Frequency) : Machine;

    /// <inheritdoc/>
    protected override long UtcTicks() => !IsAsked(out var run, out var clock) ? Machine
        : clock is null ? SimulatedClock.Epoch.Ticks + (run.Scheduler.NowNs / 100)
        : clock.GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    protected override long RandomBits() =>
        IsAsked(out _, out _) ? _entropy!.Of(CallContext.Current).Bits() : Machine;

    /// <inheritdoc/>
    protected override bool Fill(Span<byte> bytes)
    {
        if (!IsAsked(out _, out _))
            return false;
        _entropy!.Of(CallContext.Current).Fill(bytes);
        return true;
    }

    /// <inheritdoc/>
    protected override bool SetTimer(
        IThreadPoolWorkItem timer, TimerCallback callback, uint dueMilliseconds, uint periodMilliseconds)
    {
        if (_timers is not { } timers || !PoolThread.IsHere)
            return false;
        if (dueMilliseconds == uint.MaxValue)
            return timers.Stop(timer);
        if (!IsAsked(out _, out var clock))
            return false;
        timers.Set(timer, callback, clock, Span(dueMilliseconds), Span(periodMilliseconds));
        return true;
    }

    /// <inheritdoc/>
    protected override void WaitForSocket(int socket, bool toSend, int timeout)
    {
        if (IsAsked(out var run, out _) && OpenSockets.AreThere)
            SocketWait.For(socket, toSend, timeout, run);
    }

    static TimeSpan Span(uint milliseconds) => milliseconds == uint.MaxValue
        ? Timeout.InfiniteTimeSpan
        : TimeSpan.FromMilliseconds(milliseconds);

    long? Nanoseconds() => !IsAsked(out var run, out var clock) ? null
        : clock?.GetTimestamp() ?? run.Scheduler.NowNs;

    bool IsAsked([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SimulatedRun? run,
        out LifeClock? clock)
    {
        run = PoolThread.IsHere && !_isOutside ? _run : null;
        clock = run is null ? null : CallContext.Current?.Clock;
        return run is not null && (clock is not null || !_isReleased);
    }
}
