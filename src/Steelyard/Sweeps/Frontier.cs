using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories.Measuring;

namespace Steelyard.Sweeps;

/// <summary>How a point of a sweep stands to the others.</summary>
internal enum PointStanding : byte
{
    /// <summary>It was not run, or runs of it do not have every objective.</summary>
    NotPlaced,

    /// <summary>Each other point is worse at something, with 95 %, or the same at everything.</summary>
    Frontier,

    /// <summary>No point is told to dominate it, and of some it cannot be told that they do not.</summary>
    MayBeDominated,

    /// <summary>Another point is better at something, and better or the same at all else.</summary>
    Dominated,
}

/// <summary>
/// The points that no other dominates, as far as seeds can tell (Pareto). Two points are compared over the
/// seeds they share, objective by objective: intervals that overlap by the eye say little. Where one seed is
/// all there is, what it showed is what counts.
/// </summary>
internal static class Frontier
{
    /// <summary>The points with their standing.</summary>
    public static IReadOnlyList<SweptPoint> Of(IReadOnlyList<SweptPoint> points, IReadOnlyList<Aim> aims)
    {
        var placed = points.Where(point => aims.Count > 0
            && aims.All(aim => point.Figures(aim.Id).Count > 0)).ToList();
        return [.. points.Select(point => placed.Contains(point) ? Placed(point, placed, aims) : point)];
    }

    static SweptPoint Placed(
        SweptPoint point, IReadOnlyList<SweptPoint> placed, IReadOnlyList<Aim> aims)
    {
        SweepPoint? mayBe = null;
        foreach (var rival in placed.Where(rival => rival != point))
        {
            var standings = aims.Select(aim => StandingOf(rival, point, aim)).ToList();
            if (standings.Contains(Standing.Worse) || standings.TrueForAll(one => one == Standing.Same))
                continue;
            if (!standings.Contains(Standing.CannotTell))
                return point with { Standing = PointStanding.Dominated, Rival = rival.Point };
            mayBe ??= rival.Point;
        }

        return point with
        {
            Standing = mayBe is null ? PointStanding.Frontier : PointStanding.MayBeDominated,
            Rival = mayBe,
        };
    }

    static Standing StandingOf(SweptPoint rival, SweptPoint point, Aim aim)
    {
        if (rival.Against(point, aim) is not { } comparison)
            return Standing.CannotTell;
        var difference = comparison.Difference;
        if (difference.Samples > 1)
            return comparison.Standing;
        return difference.Estimate == 0 ? Standing.Same
            : difference.Estimate > 0 == (aim.Better == Direction.MoreIsBetter) ? Standing.Better
            : Standing.Worse;
    }
}
