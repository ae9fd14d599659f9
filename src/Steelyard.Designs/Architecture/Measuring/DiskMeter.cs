namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is counted of an instance's disk.</summary>
internal sealed class DiskMeter
{
    /// <summary>How long it was at work while requests were due, in ns.</summary>
    public long BusyNs { get; private set; }

    /// <summary>Bytes it wrote, those of compaction too.</summary>
    public double WrittenBytes { get; private set; }

    /// <summary>Bytes of the rows that were written.</summary>
    public double RowBytes { get; private set; }

    /// <summary>How often a write waited because too much was to be compacted.</summary>
    public long Stalls { get; private set; }

    /// <summary>The most that ever waited for compaction, in bytes.</summary>
    public double MostDebtBytes { get; private set; }

    /// <summary>It is at work for a time, of which only what is before the end of the load counts.</summary>
    public void Works(long fromNs, long untilNs, long loadEndsNs) =>
        BusyNs += Math.Max(0, Math.Min(untilNs, loadEndsNs) - Math.Min(fromNs, loadEndsNs));

    public void Wrote(double bytes) => WrittenBytes += bytes;

    public void WroteRows(double bytes) => RowBytes += bytes;

    public void Stalled() => Stalls++;

    public void Owes(double bytes) => MostDebtBytes = Math.Max(MostDebtBytes, bytes);
}
