namespace Steelyard.Recording.Writing;

/// <summary>Nanoseconds since the recording began, by a clock that never goes back.</summary>
internal sealed class RecordingClock(TimeProvider time)
{
    const long NanosecondsPerSecond = 1_000_000_000;

    readonly TimeProvider _time = time;
    readonly long _started = time.GetTimestamp();

    public long NowNs => Nanoseconds(_time.GetTimestamp() - _started);

    /// <summary>What the clock showed at the beginning, in ns of its own count: the same for all processes of
    /// a machine that was not started again.</summary>
    public long StartNs => Nanoseconds(_started);

    long Nanoseconds(long ticks) => _time.TimestampFrequency == NanosecondsPerSecond
        ? ticks
        : (long)(ticks * (decimal)NanosecondsPerSecond / _time.TimestampFrequency);
}
