using System.Runtime.InteropServices;

namespace Steelyard.Simulation.Networks;

/// <summary>What a directed link remembers.</summary>
internal struct Link
{
    /// <summary>When the last message that keeps order arrives, ns.</summary>
    public long LastArrivalNs;

    /// <summary>Until when the link is busy sending, ns (only with a bandwidth).</summary>
    public long BusyUntilNs;
}

/// <summary>
/// The links' memory: a matrix while that is small, else a table of the links that were used of late. A link
/// whose times have all passed remembers nothing that matters, so it may be forgotten.
/// </summary>
internal sealed class LinkTable
{
    const int LargestMatrix = 256;
    const int FirstSweep = 1 << 16;

    readonly int _addresses;
    readonly Link[]? _matrix;
    readonly Dictionary<long, Link> _used = [];
    int _sweepAt = FirstSweep;

    public LinkTable(int addresses)
    {
        _addresses = addresses;
        if (addresses <= LargestMatrix)
            _matrix = new Link[addresses * addresses];
    }

    /// <summary>The link from one address to another; the reference is good until the next call.</summary>
    public ref Link Get(int from, int to, long nowNs)
    {
        if (_matrix is not null)
            return ref _matrix[(from * _addresses) + to];
        if (_used.Count >= _sweepAt)
            Sweep(nowNs);
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_used, ((long)from << 32) | (uint)to, out _)!;
    }

    // The order in which entries are removed reaches nothing.
    void Sweep(long nowNs)
    {
        foreach (var (link, memory) in _used)
            if (memory.LastArrivalNs <= nowNs && memory.BusyUntilNs <= nowNs)
                _used.Remove(link);
        _sweepAt = Math.Max(FirstSweep, _used.Count * 2);
    }
}
