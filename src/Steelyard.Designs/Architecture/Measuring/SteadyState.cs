using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Designs.Architecture.Measuring;

/// <summary>
/// Whether a run settles, and what it settles to: the transient is cut (MSER-5), and intervals are those of
/// batches. Where more comes than is done, there is nothing it settles to, and no interval.
/// </summary>
internal sealed class SteadyState
{
    readonly ArchitectureAccount _account;

    public SteadyState(ArchitectureAccount account)
    {
        _account = account;
        Cut = TransientCut.Find(account.Latencies.Means);
        Growing = account.Graph.Parts.Where(part => !part.IsSource)
            .Select(part => (Part: part, Growth: GrowthOf(part)))
            .Where(one => one.Growth is { IsUnstable: true })
            .Select(one => ((Part, QueueGrowth)?)(one.Part, one.Growth!))
            .FirstOrDefault();
        IsDisturbed = account.Counted.SoFar().Faults.Count > 0 || account.Graph.Push.Is
            || account.Graph.Parts.Any(part => part
                is Parts.DatabasePart { Rebalances: true } or Parts.ProjectionPart { RebuildAt: not null })
            || account.Graph.Parts.OfType<Parts.ClientsPart>().Any(
                clients => clients.Shape.Word is not ("constant" or "bursty"));
    }

    /// <summary>The transient.</summary>
    public TransientCut Cut { get; }

    /// <summary>The part before which more and more wait; null where there is none.</summary>
    public (Part Part, QueueGrowth Growth)? Growing { get; }

    /// <summary>True where the load or a fault changes what the run would settle to.</summary>
    public bool IsDisturbed { get; }

    /// <summary>Why figures have no interval; null where they have one.</summary>
    public string? WhyNone => Growing is { } growing
        ? $"{growing.Part.Name}: {growing.Growth.Sentence}; what it would settle to does not exist"
        : IsDisturbed
            ? "the load changes, data moves or something breaks on purpose: one run settles to nothing;"
            + " sweep over seeds for intervals"
        : null;

    /// <summary>The mean latency, in ms.</summary>
    public ConfidenceInterval Mean() => BatchMeans.Of(Cut.Rest(_account.Latencies.Means));

    /// <summary>The mean of something else that was observed, without as much of it as is transient of
    /// latencies.</summary>
    public ConfidenceInterval MeanOf(ObservedSeries series) => BatchMeans.Of(Rest(series.Means));

    /// <summary>A quantile of something that was observed.</summary>
    public ConfidenceInterval Quantile(ObservedSeries series, double share) =>
        BatchQuantiles.Of(Rest(series.Kept), share);

    /// <summary>The mean of a curve over the windows of the load, without the transient.</summary>
    public ConfidenceInterval Of(IReadOnlyList<double> curve)
    {
        var cut = Cut.Of == 0 ? 0 : (int)Math.Ceiling((double)Cut.Cut / Cut.Of * curve.Count);
        return BatchMeans.Of([.. curve.Skip(cut)]);
    }

    /// <summary>The mean of a curve of a part: what it settles to, or that of the whole load where it settles
    /// to nothing that is known. Where what waits grows without end, the second half tells: by then it is
    /// felt.</summary>
    public double MeanOf(IReadOnlyList<double> curve)
    {
        if (curve.Count == 0)
            return 0;
        if (Growing is not null)
            return curve.Skip(curve.Count / 2).Average();
        return WhyNone is null && Of(curve) is { IsKnown: true } settled ? settled.Estimate : curve.Average();
    }

    IReadOnlyList<double> Rest(IReadOnlyList<double> values) =>
        [.. values.Skip(Cut.Of == 0 ? 0 : (int)((double)Cut.Cut / Cut.Of * values.Count))];

    QueueGrowth? GrowthOf(Part part)
    {
        var figures = _account.FiguresOf(part);
        var line = figures.LoadCurve(window => window.WaitingNs);
        return line.Count < 2 ? null : QueueGrowth.Of(line, (line.Count - 1) * figures.WindowSeconds);
    }
}
