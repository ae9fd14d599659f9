using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;

namespace Steelyard.Sweeps;

/// <summary>An objective as runs measure it.</summary>
/// <param name="Id">The measurement's id.</param>
/// <param name="Words">What it is, in words.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Better">Which way is better.</param>
internal sealed record Aim(string Id, string Words, string Unit, Direction Better);

/// <summary>A point with its runs.</summary>
/// <param name="Point">The point.</param>
/// <param name="Runs">In the order of the seeds.</param>
internal sealed record SweptPoint(SweepPoint Point, IReadOnlyList<SweptRun> Runs)
{
    /// <summary>How it stands to the others.</summary>
    public PointStanding Standing { get; init; } = PointStanding.NotPlaced;

    /// <summary>The point that dominates it, or may; null is none.</summary>
    public SweepPoint? Rival { get; init; }

    /// <summary>False when its intervals were to be narrower than they came to be.</summary>
    public bool IsPrecise { get; init; } = true;

    /// <summary>What its runs say of the promises: a broken one counts, whatever else held.</summary>
    public Validity Validity => Runs.Any(run => run.Validity == Validity.Invalid) ? Validity.Invalid
        : Runs.Count == 0 || Runs.Any(run => run.Validity == Validity.Unknown) ? Validity.Unknown
        : Validity.Valid;

    /// <summary>The first run that was so, or null.</summary>
    public SweptRun? First(Validity validity) => Runs.FirstOrDefault(run => run.Validity == validity);

    /// <summary>A figure of each run that has it.</summary>
    public IReadOnlyList<double> Figures(string id) =>
        [.. Runs.Select(run => run.Find(id)).OfType<Measurement>().Select(one => one.Value)];

    /// <summary>The mean over its runs with its interval; null where no run has the figure. A share that was
    /// all or nothing in every run has the width that so many requests leave it (Wilson).</summary>
    public ConfidenceInterval? Interval(string id)
    {
        var found = Runs.Select(run => run.Find(id)).OfType<Measurement>().ToList();
        if (found.Count == 0)
            return null;
        var (isShare, first) = (found[0].Unit == "share", found[0].Value);
        if (isShare && first is 0 or 1 && found.TrueForAll(one => one.Value == first))
        {
            var all = found.Sum(one => one.Samples);
            return WilsonInterval.Of(first == 0 ? 0 : all, all);
        }

        var mean = Replications.Mean([.. found.Select(one => one.Value)]);
        return !mean.IsKnown ? mean
            : mean.Within(
                found.TrueForAll(one => one.Value >= 0) ? 0 : double.NegativeInfinity,
                isShare ? 1 : double.PositiveInfinity);
    }

    /// <summary>How this point stands to another at a figure, over the seeds that both were run with; null
    /// where there is none.</summary>
    public PairedComparison? Against(SweptPoint other, Aim aim)
    {
        var (theirs, ours) = (new List<double>(), new List<double>());
        foreach (var run in Runs)
            if (run.Find(aim.Id) is { } own
                && other.Runs.FirstOrDefault(one => one.Seed == run.Seed)?.Find(aim.Id) is { } their)
            {
                ours.Add(own.Value);
                theirs.Add(their.Value);
            }

        return ours.Count == 0 ? null : PairedComparison.Of(
            (other.Point.Short, theirs), (Point.Short, ours), aim.Id, aim.Unit, aim.Better);
    }
}
