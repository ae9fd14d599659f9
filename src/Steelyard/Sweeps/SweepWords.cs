using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Report;

namespace Steelyard.Sweeps;

/// <summary>What a sweep found, in sentences: for the terminal and for the page.</summary>
internal static class SweepWords
{
    const int MostPointsNamed = 3;
    const int MostHeldNamed = 6;

    /// <summary>Everything in one sentence.</summary>
    public static string Headline(SweepResult result)
    {
        var (on, may) = (
            result.Count(PointStanding.Frontier), result.Count(PointStanding.MayBeDominated));
        if (result.Aims.Count == 0)
            return "Nothing was run to its end";
        if (result.Points.Count == 1)
            return "There is one point, and nothing to compare it with";
        var more = may > 0 ? $"; {Number(may)} may be dominated" : "";
        if (on == 0)
            return $"No point is certain to be on the frontier; {Number(may)} of {result.Points.Count:N0} may"
                + " be";
        var names = result.Points.Where(point => point.Standing == PointStanding.Frontier)
            .Select(point => point.Point.Short).ToList();
        return result.Request.Variations.Count == 1 && on <= MostPointsNamed
            ? $"Of {result.Points.Count:N0} points {string.Join(" and ", names)}"
                + $" {(on == 1 ? "is" : "are")} on the frontier{more}"
            : $"{PlainWords.Capitalized(Number(on))} of {result.Points.Count:N0} points"
                + $" {(on == 1 ? "is" : "are")} on the frontier{more}";
    }

    /// <summary>What one has to know to read the figures.</summary>
    public static IEnumerable<string> Notes(SweepResult result)
    {
        var seeds = result.Points.Select(point => point.Runs.Count).Where(count => count > 0)
            .DefaultIfEmpty(0).ToList();
        if (result.IsPartial)
            yield return "The sweep was stopped before its end; the same command goes on where it stopped";
        if (seeds.Max() == 1)
            yield return "One seed a point: there are no intervals, and what stands here is what that seed"
                + " showed";
        if (OfThoseThatHeld(result) is { } held)
            yield return held;
        if (Unstable(result) is { } unstable)
            yield return unstable;
        var wide = result.Points.Count(point => !point.IsPrecise);
        if (wide > 0)
            yield return FormattableString.Invariant(
                $"At {Points(wide)} intervals are wider than ±{PrecisionOf(result):0.##} % after")
                + $" {result.Request.Seeds.Seeds.Count} seeds: unknown to that precision";
        foreach (var point in result.Points
                     .Where(point => point.Runs.Count > 0 && point.Standing == PointStanding.NotPlaced)
                     .Take(MostPointsNamed))
            yield return $"{point.Point.Short} could not be placed: no run of it measured "
                + string.Join(" and ", result.Aims.Where(aim => point.Figures(aim.Id).Count == 0)
                    .Select(aim => aim.Id));
    }

    /// <summary>Why a point stands as it does: what the point that dominates it, or may, is better
    /// at.</summary>
    public static IEnumerable<string> Why(SweepResult result, SweptPoint point)
    {
        if (result.Points.FirstOrDefault(other => other.Point == point.Rival) is not { } rival)
            yield break;
        var all = result.Aims.Select(aim => rival.Against(point, aim)).OfType<PairedComparison>().ToList();
        foreach (var comparison in all.Where(one => one.Standing != Standing.Same))
            yield return comparison.Sentence;
        var same = all.Where(one => one.Standing == Standing.Same).Select(one => one.What).ToList();
        if (same.Count > 0)
            yield return $"{string.Join(" and ", same)} {(same.Count == 1 ? "is" : "are")} the same in all"
                + $" {all[0].Difference.Samples:N0} seeds";
    }

    /// <summary>What its runs say of the promises.</summary>
    public static string Verdict(SweptPoint point)
    {
        if (point.Runs.Count == 0)
            return "not run";
        if (point.Runs.FirstOrDefault(run => run.HasThrown) is { } thrown)
            return $"threw at seed {thrown.Seed}: {thrown.Told}";
        if (point.First(Validity.Invalid) is { } broken)
            return $"broke in {point.Runs.Count(run => run.Validity == Validity.Invalid)} of"
                + $" {point.Runs.Count} runs: {broken.Told}";
        return point.First(Validity.Unknown) is { } undecided ? $"undecided: {undecided.Told}" : "held";
    }

    /// <summary>The verdict in one word.</summary>
    public static string VerdictWord(SweptPoint point) => point.Validity switch
    {
        Validity.Valid => "held",
        Validity.Invalid => "broke",
        _ => point.Runs.Count == 0 ? "not run" : "unknown",
    };

    /// <summary>How often each point was run: <c>3</c>, or <c>5 to 30</c>.</summary>
    public static string Seeds(SweepResult result)
    {
        var counts = result.Points.Select(point => point.Runs.Count).DefaultIfEmpty(0).ToList();
        return counts.Min() == counts.Max() ? $"{counts.Max()}" : $"{counts.Min()} to {counts.Max()}";
    }

    /// <summary>What is the same at every point, in a line.</summary>
    public static string Same(SweepResult result)
    {
        var spec = result.Request.What.Spec;
        var given = spec.Options.Select(one => $"{one.Key}={one.Value}")
            .Concat(Runs.RunCommand.Common(spec.Common).Select(one => $"{one.Name}={one.Value}"))
            .Append($"faults={spec.Faults.Name}");
        return string.Join(", ", given);
    }

    // What breaks its promises is no choice for whoever needs them.
    static string? OfThoseThatHeld(SweepResult result)
    {
        var held = result.Points.Where(point => point.Validity == Validity.Valid).ToList();
        if (held.Count == 0 || result.Points.All(point => point.Validity != Validity.Invalid))
            return null;
        var on = Frontier.Of([.. held.Select(point => point with { Rival = null })], result.Aims)
            .Where(point => point.Standing is PointStanding.Frontier or PointStanding.MayBeDominated)
            .ToList();
        var named = on.Count > MostHeldNamed
            ? $"{on.Count:N0} are or may be"
            : $"{string.Join(", ", on.Select(Named))} {(on.Count == 1 ? "is" : "are")}";
        return on.Count == 0 ? null
            : $"Of {Points(held.Count)} that kept every promise {named} on the frontier";
    }

    static string Named(SweptPoint point) =>
        point.Point.Short + (point.Standing == PointStanding.MayBeDominated ? " (perhaps)" : "");

    static string? Unstable(SweepResult result)
    {
        var unstable = result.Points.Where(point => point.Runs.Any(run => run.Unstable is not null)).ToList();
        if (unstable.Count == 0)
            return null;
        var first = unstable[0].Runs.First(run => run.Unstable is not null);
        var names = string.Join(", ", unstable.Take(MostPointsNamed).Select(point => point.Point.Name))
            + (unstable.Count > MostPointsNamed ? " …" : "");
        return $"{PlainWords.Capitalized(Points(unstable.Count))} {(unstable.Count == 1 ? "has" : "have")}"
            + $" no steady state, and figures of them tell how long one looked ({names}): {first.Unstable}";
    }

    static double PrecisionOf(SweepResult result) =>
        result.Request.Seeds.Precision!.RelativeHalfWidth * 100;

    static string Points(int count) => count == 1 ? "one point" : $"{count:N0} points";

    static string Number(int count) => count == 1 ? "one" : $"{count:N0}";
}
