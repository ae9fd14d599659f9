namespace Steelyard.Formats;

/// <summary>What the times of a recording count from, so that those of several processes can be told on one
/// scale.</summary>
/// <param name="ClockNs">What the monotonic clock showed at time 0, in ns.</param>
/// <param name="Machine">Whose clock that is: a name that no other machine has, nor the same one after it was
/// started again; null where nobody knows.</param>
public sealed record RecordingOrigin(long ClockNs, string? Machine);
