using Steelyard.Analysis.Measurements;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is counted of slots of a database that move from shard to shard.</summary>
internal sealed class RebalanceMeter(RunClock clock)
{
    /// <summary>When the first move began, in ns of the run; null where none did.</summary>
    public long? FromNs { get; private set; }

    /// <summary>When the last one ended; null where one has not.</summary>
    public long? ToNs { get; private set; }

    /// <summary>Bytes that were copied, catching up too.</summary>
    public double Bytes { get; private set; }

    /// <summary>Slots that moved.</summary>
    public int Slots { get; private set; }

    /// <summary>Writes that waited for a hand-over.</summary>
    public long HeldUp { get; private set; }

    /// <summary>The longest hand-over, in ns.</summary>
    public long LongestHandOverNs { get; private set; }

    /// <summary>Latencies of requests that ended meanwhile.</summary>
    public LatencyHistogram During { get; } = new();

    /// <summary>Whether slots move.</summary>
    public bool IsOn => FromNs is not null && ToNs is null;

    public void Begin()
    {
        FromNs ??= clock.NowNs;
        ToNs = null;
    }

    public void End() => ToNs = clock.NowNs;

    public void Copied(double bytes) => Bytes += bytes;

    /// <summary>Slots are another shard's.</summary>
    /// <param name="slots">How many.</param>
    /// <param name="heldUp">Writes that waited for it.</param>
    /// <param name="handOverNs">For how long it took no writes.</param>
    public void HandedOver(int slots, int heldUp, long handOverNs)
    {
        Slots += slots;
        HeldUp += heldUp;
        LongestHandOverNs = Math.Max(LongestHandOverNs, handOverNs);
    }
}
