using System.Collections.Concurrent;
using Steelyard.Sweeps;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Comparisons.Variants;

/// <summary>The runs that cells of a comparison open: of each variant the one that is shown, and the first
/// that broke each promise. They are done again, with their messages traced, and written whole.</summary>
internal static class VariantRuns
{
    const int StackBytes = 16 << 20;

    /// <summary>Writes them.</summary>
    /// <param name="folder">The folder of the comparison.</param>
    /// <param name="comparison">What was compared.</param>
    /// <returns>Where the page of each stands, as seen from the folder.</returns>
    public static IReadOnlyDictionary<(string Variant, Seed Seed), string> Write(
        string folder, VariantComparison comparison)
    {
        var request = comparison.Result.Request;
        var waiting = new ConcurrentQueue<(ComparedVariant Variant, Seed Seed)>(
            comparison.Variants.SelectMany(Wanted));
        var written = new ConcurrentDictionary<(string, Seed), string>();
        var problems = new ConcurrentQueue<Exception>();
        var workers = Enumerable.Range(0, Math.Clamp(request.Workers, 1, Math.Max(1, waiting.Count)))
            .Select(_ => new Thread(Work, StackBytes) { IsBackground = true }).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return problems.TryPeek(out var first) ? throw first : written;

        void Work()
        {
            while (!request.Cancellation.IsCancellationRequested && problems.IsEmpty
                && waiting.TryDequeue(out var one))
                try
                {
                    var (variant, seed) = one;
                    if (PointReports.Write(folder, "runs", request, variant.Point.Point, seed) is { } place)
                        written[(variant.Name, seed)] = place;
                }
#pragma warning disable CA1031 // Not swallowed: thrown again by the thread that called.
                catch (Exception problem)
#pragma warning restore CA1031
                {
                    problems.Enqueue(problem);
                }
        }
    }

    static IEnumerable<(ComparedVariant, Seed)> Wanted(ComparedVariant variant) =>
        variant.Promises.Select(promise => promise.First).OfType<Seed>().Prepend(variant.Shown).Distinct()
            .Select(seed => (variant, seed));
}
