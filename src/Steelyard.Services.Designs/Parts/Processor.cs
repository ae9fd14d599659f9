namespace Steelyard.Services.Designs.Parts;

/// <summary>
/// A processor that does one thing after the other, in the order in which they come, whether or not the one
/// who asked still waits. Simulated hosts compute in no time; this makes their work cost what it costs.
/// </summary>
internal sealed class Processor(TimeProvider time)
{
    long _freeAt;

    /// <summary>How long somebody who comes now waits for his turn.</summary>
    public TimeSpan Backlog
    {
        get
        {
            var now = time.GetTimestamp();
            return _freeAt > now ? time.GetElapsedTime(now, _freeAt) : TimeSpan.Zero;
        }
    }

    /// <summary>Waits for its turn, and does something that costs time.</summary>
    public Task Work(TimeSpan cost)
    {
        var now = time.GetTimestamp();
        _freeAt = Math.Max(_freeAt, now) + (long)(cost.TotalSeconds * time.TimestampFrequency);
        return Task.Delay(time.GetElapsedTime(now, _freeAt), time);
    }
}
