namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// Latencies in the order in which requests ended: means of batches of equally many, and every so many-th
/// latency itself. Intervals and the end of the transient are found from them. When there are too many, two
/// batches become one and every second latency goes, so memory is flat.
/// </summary>
internal sealed class LatencySeries
{
    const int MostBatches = 8_192;
    const int MostKept = 1 << 19;

    readonly List<double> _meansMs = [];
    readonly List<double> _keptMs = [];
    double _sumMs;
    int _inBatch;
    long _count;
    long _keptEvery = 1;
    int _batchSize = 1;

    /// <summary>The means of batches, in ms.</summary>
    public IReadOnlyList<double> MeansMs => _meansMs;

    /// <summary>Every so many-th latency, in ms.</summary>
    public IReadOnlyList<double> KeptMs => _keptMs;

    /// <summary>One more.</summary>
    public void Add(long ns)
    {
        var ms = ns / 1e6;
        AddToMeans(ms);
        // It doubles from one on, so it has a single bit.
        if ((_count++ & (_keptEvery - 1)) == 0)
            Keep(ms);
    }

    void AddToMeans(double ms)
    {
        _sumMs += ms;
        if (++_inBatch < _batchSize)
            return;
        _meansMs.Add(_sumMs / _batchSize);
        (_sumMs, _inBatch) = (0, 0);
        if (_meansMs.Count < MostBatches)
            return;
        for (var batch = 0; batch < MostBatches / 2; batch++)
            _meansMs[batch] = (_meansMs[2 * batch] + _meansMs[(2 * batch) + 1]) / 2;
        _meansMs.RemoveRange(MostBatches / 2, MostBatches / 2);
        _batchSize *= 2;
    }

    void Keep(double ms)
    {
        _keptMs.Add(ms);
        if (_keptMs.Count < MostKept)
            return;
        for (var at = 0; at < MostKept / 2; at++)
            _keptMs[at] = _keptMs[2 * at];
        _keptMs.RemoveRange(MostKept / 2, MostKept / 2);
        _keptEvery *= 2;
    }
}
