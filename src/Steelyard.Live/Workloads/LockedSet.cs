using Steelyard.Analysis.Workloads.Sets;
using Steelyard.Live.Engines;

namespace Steelyard.Live.Workloads;

/// <summary>A set that is read and written whole, each time under a lock: where two hold the lock, one
/// overwrites what the other one added.</summary>
internal static class LockedSet
{
    /// <summary>Its key.</summary>
    public const string Key = "locked-set";

    /// <summary>The workload with what is asked of it.</summary>
    public static LiveWorkload Define() => new(
        "locked-set", "adds to a set that is read and written whole under a lock: none is overwritten",
        _ => new SetWorkload(Key), _ => [new FinalSet()])
    {
        RatePerSecond = 15, SuccessFloor = LiveWorkload.Contended,
    };
}
