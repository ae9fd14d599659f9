namespace Steelyard.Designs.AntiEntropy;

/// <summary>
/// A timestamp close to the wall clock and true to causality: what happened before has the smaller one
/// (Kulkarni et al. 2014, section 3).
/// </summary>
/// <param name="Micros">The largest wall clock heard of, in µs since 1970.</param>
/// <param name="Logical">Counts what happened within one of those.</param>
internal readonly record struct HybridTime(long Micros, long Logical) : IComparable<HybridTime>
{
    /// <summary>Bytes on the wire.</summary>
    public const int SizeBytes = 12;

    /// <inheritdoc/>
    public int CompareTo(HybridTime other)
    {
        var order = Micros.CompareTo(other.Micros);
        return order != 0 ? order : Logical.CompareTo(other.Logical);
    }
}

/// <summary>A node's hybrid logical clock, fed by its wall clock and by every timestamp it hears.</summary>
/// <param name="clock">The wall clock; it may be wrong, jump and run back.</param>
sealed class HybridClock(TimeProvider clock)
{
    HybridTime _latest;

    /// <summary>The wall clock alone, in µs: what last-writer-wins goes by.</summary>
    public long WallMicros => clock.GetUtcNow().Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A timestamp above all that were given or heard before (figure 5, local event).</summary>
    public HybridTime Next()
    {
        var wall = WallMicros;
        _latest = wall > _latest.Micros ? new(wall, 0) : _latest with { Logical = _latest.Logical + 1 };
        return _latest;
    }

    /// <summary>Takes note of a timestamp from elsewhere (figure 5, receive event).</summary>
    public void Hear(HybridTime other)
    {
        if (other.CompareTo(_latest) > 0)
            _latest = other;
    }
}
