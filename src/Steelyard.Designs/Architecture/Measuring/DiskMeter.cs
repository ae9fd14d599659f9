namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>What is counted of an instance's disk.</summary>
/// <param name="clock">The clock of the run.</param>
/// <param name="untilNs">When the load ends, in ns of the run.</param>
internal sealed class DiskMeter(RunClock clock, long untilNs)
{
    /// <summary>Its transfers while requests were due.</summary>
    public BusyTime Busy { get; } = new(clock, untilNs, PartFigures.Stretches);

    /// <summary>Bytes it wrote, those of compaction too.</summary>
    public double WrittenBytes { get; private set; }

    /// <summary>Bytes of the rows that were written.</summary>
    public double RowBytes { get; private set; }

    /// <summary>How often a write waited because too much was to be compacted.</summary>
    public long Stalls { get; private set; }

    /// <summary>The most that ever waited for compaction, in bytes.</summary>
    public double MostDebtBytes { get; private set; }

    public void Wrote(double bytes) => WrittenBytes += bytes;

    public void WroteRows(double bytes) => RowBytes += bytes;

    public void Stalled() => Stalls++;

    public void Owes(double bytes) => MostDebtBytes = Math.Max(MostDebtBytes, bytes);
}
