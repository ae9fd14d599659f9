using System.Globalization;
using Steelyard.Histories;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Comparisons.Variants;

/// <summary>What became of one promise over the seeds of a variant.</summary>
/// <param name="Promise">Its name.</param>
/// <param name="Held">In how many runs it held.</param>
/// <param name="Broken">In how many it was broken.</param>
/// <param name="Open">In how many it was not decided.</param>
/// <param name="First">The first seed that broke it, or else the first that left it open; null where it
/// held.</param>
internal sealed record PromiseTally(string Promise, int Held, int Broken, int Open, Seed? First)
{
    /// <summary>How many runs judged it.</summary>
    public int Runs => Held + Broken + Open;

    /// <summary>The worst that became of it.</summary>
    public Validity Validity => Broken > 0 ? Validity.Invalid
        : Open > 0 || Held == 0 ? Validity.Unknown : Validity.Valid;

    /// <summary>As <c>held in 20 of 20 seeds</c> or <c>broken in 5 of 20 (first: seed 0x3)</c>.</summary>
    public string Words => Validity switch
    {
        Validity.Valid => string.Create(
            CultureInfo.InvariantCulture, $"held in {Held:N0} of {Runs:N0} seeds"),
        Validity.Invalid => string.Create(
            CultureInfo.InvariantCulture, $"broken in {Broken:N0} of {Runs:N0} (first: seed {First})"),
        _ => string.Create(
            CultureInfo.InvariantCulture, $"open in {Open:N0} of {Runs:N0} (first: seed {First})"),
    };

    /// <summary>One for each promise that a run of a point judged, in the order of the first that
    /// did.</summary>
    public static IReadOnlyList<PromiseTally> Of(SweptPoint point)
    {
        var promises = point.Runs.SelectMany(run => run.Promises).Select(one => one.Checker)
            .Distinct(StringComparer.Ordinal);
        return [.. promises.Select(promise => Of(point, promise))];
    }

    static PromiseTally Of(SweptPoint point, string promise)
    {
        // A checker that spoke twice of a run is as bad as its worst.
        var judged = point.Runs
            .Select(run => (run.Seed, Found: run.Promises.Where(one => one.Checker == promise).ToList()))
            .Where(run => run.Found.Count > 0)
            .Select(run => (run.Seed, Validity: Worst(run.Found))).ToList();
        var broken = judged.Where(run => run.Validity == Validity.Invalid).ToList();
        var open = judged.Where(run => run.Validity == Validity.Unknown).ToList();
        return new(
            promise, judged.Count - broken.Count - open.Count, broken.Count, open.Count,
            broken.Count > 0 ? broken[0].Seed : open.Count > 0 ? open[0].Seed : null);
    }

    static Validity Worst(List<(string Checker, Validity Validity)> found) =>
        found.Exists(one => one.Validity == Validity.Invalid) ? Validity.Invalid
        : found.Exists(one => one.Validity == Validity.Unknown) ? Validity.Unknown
        : Validity.Valid;
}
