using Steelyard.Services.Determinism.Runtime;
using Steelyard.Services.Hosting;
using Steelyard.Simulation;

namespace Steelyard.Services.Determinism.Clocks;

/// <summary>The timers of a process, each on the clock of who set it: a host's die with its life.</summary>
internal sealed class ProcessTimers(SimulatedRun run)
{
    // They look now and then for connections and handlers that nobody uses any more.
    static readonly string[] s_housekeepers = ["System.Net.Http", "Microsoft.Extensions.Http"];

    // Only looked up, never walked.
    readonly Dictionary<IThreadPoolWorkItem, ITimer> _set = new(ReferenceEqualityComparer.Instance);

    /// <summary>Sets a timer, or sets it anew.</summary>
    /// <param name="timer">The runtime's object for it.</param>
    /// <param name="callback">What it calls.</param>
    /// <param name="clock">The clock of who sets it; null is the world's own.</param>
    /// <param name="due">When, from now.</param>
    /// <param name="period">How often after that; 0 and infinite are once.</param>
    public void Set(
        IThreadPoolWorkItem timer, TimerCallback callback, LifeClock? clock, TimeSpan due, TimeSpan period)
    {
        Stop(timer);
        var owner = CallContext.Current;
        void Fire(object? _)
        {
            if (period <= TimeSpan.Zero)
                _set.Remove(timer);
            // What it does reads the clock that it was set by, also where it carries no context of its own.
            var outer = CallContext.Current;
            CallContext.Resume(owner);
            timer.Execute();
            CallContext.Resume(outer);
        }

        _set[timer] = clock is null || KeepsHouse(callback)
            ? new WorldTimer(run, owner?.Life, Fire, due, period)
            : clock.CreateTimer(Fire, null, due, period);
    }

    /// <summary>Stops a timer.</summary>
    /// <returns>False where it is not one of these.</returns>
    public bool Stop(IThreadPoolWorkItem timer)
    {
        if (!_set.Remove(timer, out var set))
            return false;
        set.Dispose();
        return true;
    }

    // Nobody waits for it.
    static bool KeepsHouse(TimerCallback callback) =>
        s_housekeepers.Contains(callback.Method.Module.Assembly.GetName().Name, StringComparer.Ordinal);
}
