using Steelyard.Analysis.Measurements;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// Latencies in the order in which requests ended, as batches of equally many: what intervals and the end of
/// the transient are found from. Two batches become one when there are too many, so memory is flat.
/// </summary>
internal sealed class LatencySeries
{
    const int MostBatches = 4_096;
    const int MostQuantileBatches = 64;

    readonly List<double> _meansMs = [];
    readonly List<LatencyHistogram> _histograms = [];
    LatencyHistogram _open = new(significantDigits: 2);
    double _sumMs;
    int _inBatch;
    long _inHistogram;

    /// <summary>How many latencies a batch of <see cref="MeansMs"/> has.</summary>
    public int BatchSize { get; private set; } = 1;

    /// <summary>How many latencies a batch of <see cref="Histograms"/> has.</summary>
    public long HistogramSize { get; private set; } = 256;

    /// <summary>The means of batches, in ms.</summary>
    public IReadOnlyList<double> MeansMs => _meansMs;

    /// <summary>The latencies of larger batches.</summary>
    public IReadOnlyList<LatencyHistogram> Histograms => _histograms;

    /// <summary>One more.</summary>
    public void Add(long ns)
    {
        AddToMeans(ns / 1e6);
        _open.Record(ns);
        if (++_inHistogram < HistogramSize)
            return;
        _histograms.Add(_open);
        (_open, _inHistogram) = (new(significantDigits: 2), 0);
        if (_histograms.Count == MostQuantileBatches)
            MergeHistograms();
    }

    void AddToMeans(double ms)
    {
        _sumMs += ms;
        if (++_inBatch < BatchSize)
            return;
        _meansMs.Add(_sumMs / BatchSize);
        (_sumMs, _inBatch) = (0, 0);
        if (_meansMs.Count < MostBatches)
            return;
        for (var batch = 0; batch < MostBatches / 2; batch++)
            _meansMs[batch] = (_meansMs[2 * batch] + _meansMs[(2 * batch) + 1]) / 2;
        _meansMs.RemoveRange(MostBatches / 2, MostBatches / 2);
        BatchSize *= 2;
    }

    void MergeHistograms()
    {
        for (var batch = 0; batch < MostQuantileBatches / 2; batch++)
        {
            _histograms[batch] = _histograms[2 * batch];
            _histograms[batch].Merge(_histograms[(2 * batch) + 1]);
        }

        _histograms.RemoveRange(MostQuantileBatches / 2, MostQuantileBatches / 2);
        HistogramSize *= 2;
    }
}
