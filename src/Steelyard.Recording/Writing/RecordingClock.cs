using Steelyard.Formats;

namespace Steelyard.Recording.Writing;

/// <summary>Nanoseconds since the recording began, by a clock that never goes back.</summary>
internal sealed class RecordingClock(TimeProvider time)
{
    const string BootName = "/proc/sys/kernel/random/boot_id";
    const long NanosecondsPerSecond = 1_000_000_000;

    readonly TimeProvider _time = time;
    readonly long _started = time.GetTimestamp();

    public long NowNs => Nanoseconds(_time.GetTimestamp() - _started);

    /// <summary>What the clock showed at the beginning. That of the platform is the same for all processes of
    /// a machine, until it is started again.</summary>
    public RecordingOrigin Origin =>
        new(Nanoseconds(_started), _time == TimeProvider.System ? Machine() : null);

    // Linux names each start of a machine, for containers too.
    static string Machine() => File.Exists(BootName)
        ? File.ReadAllText(BootName).Trim()
        : Environment.MachineName;

    long Nanoseconds(long ticks) => _time.TimestampFrequency == NanosecondsPerSecond
        ? ticks
        : (long)(ticks * (decimal)NanosecondsPerSecond / _time.TimestampFrequency);
}
