using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Something that has begun and goes on beside the run: it is over when it is done, or when it is
/// stopped.</summary>
/// <param name="Done">Completes when it is done; never fails.</param>
/// <param name="Stop">Ends it before that, and waits until it has; after it is done it does nothing.</param>
internal sealed record FaultCourse(Task Done, Action Stop);

/// <summary>A fault that takes as long as it takes.</summary>
internal interface ICoursedFault
{
    /// <summary>Lets it begin; its names are resolved.</summary>
    FaultCourse Begin(LiveFaults world, EffectMark effect);
}
