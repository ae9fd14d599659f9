namespace Steelyard.Worlds.Contracts;

/// <summary>A point of a run: all that happens up to a time, that time included, and no more than so many
/// events of the scheduler.</summary>
/// <param name="TimeNs">The time, in ns of the run.</param>
/// <param name="Events">How many events.</param>
public readonly record struct RunPoint(long TimeNs, long Events)
{
    // No event has a greater time, and none at all has the greatest.
    const long Latest = long.MaxValue - 1;

    /// <summary>Where the run ends by itself.</summary>
    public static RunPoint End => new(Latest, long.MaxValue);

    /// <summary>After everything that happens up to a time of the run.</summary>
    public static RunPoint At(TimeSpan time) => End with { TimeNs = time.Ticks * 100 };

    /// <summary>After so many events of the scheduler.</summary>
    public static RunPoint AfterEvents(long events) => End with { Events = events };

    /// <summary>Whether it is the end, as far as time and events tell.</summary>
    public bool IsEnd => this == End;
}
