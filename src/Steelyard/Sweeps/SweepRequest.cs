using Steelyard.Histories.Measuring;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>What to sweep.</summary>
/// <param name="What">What is run, but for what is varied.</param>
/// <param name="Variations">What is varied.</param>
/// <param name="Objectives">What is wanted of the points.</param>
/// <param name="Seeds">How often each is repeated.</param>
internal sealed record SweepRequest(
    RunRequest What, IReadOnlyList<Variation> Variations, IReadOnlyList<Objective> Objectives,
    SeedPlan Seeds)
{
    /// <summary>Makes the place for a run; put away after it where it can be.</summary>
    public required Func<RunRequest, IWorld> WorldFor { get; init; }

    /// <summary>Runs at once; the default is one on each core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Ends the sweep early; what was found so far is its result.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Told after each run, from any thread; null is nobody.</summary>
    public IProgress<SweepProgress>? Progress { get; init; }
}

/// <summary>How far a sweep is.</summary>
/// <param name="Done">Runs that are done, with those of before.</param>
/// <param name="Total">Runs there are to be, as far as is known.</param>
/// <param name="Before">Those that an earlier sweep of the same folder had done.</param>
/// <param name="Broken">Runs that broke a promise.</param>
internal readonly record struct SweepProgress(int Done, int Total, int Before, int Broken);

/// <summary>What a sweep found.</summary>
/// <param name="Request">What was swept.</param>
/// <param name="Aims">Its objectives, as runs measure them.</param>
/// <param name="Points">Its points with their standing.</param>
/// <param name="Refused">Settings that the design refuses.</param>
/// <param name="IsPartial">True when it was stopped before its end.</param>
internal sealed record SweepResult(
    SweepRequest Request, IReadOnlyList<Aim> Aims, IReadOnlyList<SweptPoint> Points,
    IReadOnlyList<RefusedPoint> Refused, bool IsPartial)
{
    /// <summary>How many runs it rests on.</summary>
    public int Runs => Points.Sum(point => point.Runs.Count);

    /// <summary>The first run that threw, or null.</summary>
    public SweptRun? FirstThrown =>
        Points.SelectMany(point => point.Runs).FirstOrDefault(run => run.HasThrown);

    /// <summary>What is told of the promises of all its points, and of its own: intervals as narrow as was
    /// asked for.</summary>
    public Histories.Validity Validity
    {
        get
        {
            if (Points.Any(point => point.Validity == Histories.Validity.Invalid))
                return Histories.Validity.Invalid;
            return IsPartial || Points.Any(
                point => point.Validity == Histories.Validity.Unknown || !point.IsPrecise)
                ? Histories.Validity.Unknown
                : Histories.Validity.Valid;
        }
    }

    /// <summary>How many points stand so.</summary>
    public int Count(PointStanding standing) => Points.Count(point => point.Standing == standing);

    /// <summary>Which measurements there are, of all its runs, in the order of the first that has
    /// them.</summary>
    public IReadOnlyList<Measurement> Measured =>
    [
        .. Points.SelectMany(point => point.Runs).SelectMany(run => run.Measurements)
            .DistinctBy(one => one.Id, StringComparer.Ordinal),
    ];
}
