namespace Steelyard.Report;

/// <summary>A stretch of a run, in ns, both ends included.</summary>
internal readonly record struct TimeWindow(long FromNs, long ToNs)
{
    public bool Contains(long timeNs) => FromNs <= timeNs && timeNs <= ToNs;

    public bool Overlaps(long fromNs, long toNs) => fromNs <= ToNs && toNs >= FromNs;
}
