namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// Values in the order in which they were observed: means of batches of equally many, and every so many-th
/// value itself. Intervals and the end of the transient are found from them. When there are too many, two
/// batches become one and every second value goes, so memory is flat.
/// </summary>
internal sealed class ObservedSeries
{
    const int MostBatches = 8_192;
    const int MostKept = 1 << 19;

    readonly List<double> _means = [];
    readonly List<double> _kept = [];
    double _sum;
    int _inBatch;
    long _count;
    long _keptEvery = 1;
    int _batchSize = 1;

    /// <summary>The means of batches.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>Every so many-th value.</summary>
    public IReadOnlyList<double> Kept => _kept;

    /// <summary>One more.</summary>
    public void Add(double value)
    {
        AddToMeans(value);
        // It doubles from one on, so it has a single bit.
        if ((_count++ & (_keptEvery - 1)) == 0)
            Keep(value);
    }

    void AddToMeans(double value)
    {
        _sum += value;
        if (++_inBatch < _batchSize)
            return;
        _means.Add(_sum / _batchSize);
        (_sum, _inBatch) = (0, 0);
        if (_means.Count < MostBatches)
            return;
        for (var batch = 0; batch < MostBatches / 2; batch++)
            _means[batch] = (_means[2 * batch] + _means[(2 * batch) + 1]) / 2;
        _means.RemoveRange(MostBatches / 2, MostBatches / 2);
        _batchSize *= 2;
    }

    void Keep(double value)
    {
        _kept.Add(value);
        if (_kept.Count < MostKept)
            return;
        for (var at = 0; at < MostKept / 2; at++)
            _kept[at] = _kept[2 * at];
        _kept.RemoveRange(MostKept / 2, MostKept / 2);
        _keptEvery *= 2;
    }
}
