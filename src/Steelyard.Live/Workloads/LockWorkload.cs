using Steelyard.Analysis.Workloads.Locks;
using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Every client acquires one lock, holds it for a while, releases it, and begins again.</summary>
/// <param name="holds">Whether the holder does something meanwhile that takes its time.</param>
internal sealed class LockWorkload(bool holds = true) : IWorkload
{
    /// <summary>Tries to take the lock; it returns a token.</summary>
    public const string Acquire = "acquire";

    /// <summary>What the holder does meanwhile.</summary>
    public const string Hold = "hold";

    /// <summary>Gives it back.</summary>
    public const string Release = "release";

    readonly string[] _plan = holds ? [Acquire, Hold, Release] : [Acquire, Release];

    readonly Dictionary<int, int> _steps = [];

    /// <summary>The workload with what is asked of it: never two holders at once, and growing
    /// tokens.</summary>
    public static LiveWorkload Define() => new(
        "lock", "a lock that clients acquire, hold and release: never two holders at once",
        _ => new LockWorkload(), _ => [new FencedMutex()])
    {
        RatePerSecond = 30, SuccessFloor = LiveWorkload.Contended,
    };

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var step = _steps[turn.Client] = _steps.GetValueOrDefault(turn.Client, -1) + 1;
        return new(_plan[step % _plan.Length], "lock", Value.Nil);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => [];
}
