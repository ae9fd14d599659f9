using System.Collections.Concurrent;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>Which points have a run of theirs written whole, with its report.</summary>
internal enum ReportedPoints : byte
{
    /// <summary>Those that nothing is told to dominate, and those that broke a promise.</summary>
    Frontier,

    /// <summary>All.</summary>
    All,

    /// <summary>None.</summary>
    None,
}

/// <summary>
/// Runs that points open: of each the first seed, or the first that broke a promise, done again with its
/// messages traced and written whole. A run is determined by its seed, so nothing of a sweep has to be kept
/// for it.
/// </summary>
internal static class PointReports
{
    const int StackBytes = 16 << 20;

    /// <summary>Writes them, and gives for each point's name where its report stands, as seen from the
    /// folder.</summary>
    /// <param name="folder">The sweep's folder.</param>
    /// <param name="result">What was found.</param>
    /// <param name="which">Of which points.</param>
    /// <exception cref="CannotWriteException">One cannot be written.</exception>
    public static IReadOnlyDictionary<string, string> Write(
        SweepFolder folder, SweepResult result, ReportedPoints which)
    {
        var request = result.Request;
        var waiting = new ConcurrentQueue<SweptPoint>(result.Points.Where(point => IsMeant(point, which)));
        var written = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var problems = new ConcurrentQueue<Exception>();
        var workers = Enumerable.Range(0, Math.Clamp(request.Workers, 1, Math.Max(1, waiting.Count)))
            .Select(_ => new Thread(Work, StackBytes) { IsBackground = true }).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return problems.TryPeek(out var first) ? throw first : written;

        void Work()
        {
            while (!request.Cancellation.IsCancellationRequested && problems.IsEmpty
                && waiting.TryDequeue(out var point))
                try
                {
                    if (Write(folder.Path, "points", request, point.Point, Shown(point)!.Seed) is { } place)
                        written[point.Point.Name] = place;
                }
                catch (Exception problem) when (problem is CannotWriteException or UserMistakeException)
                {
                    problems.Enqueue(problem);
                }
        }
    }

    static bool IsMeant(SweptPoint point, ReportedPoints which) => Shown(point) is not null && which switch
    {
        ReportedPoints.All => true,
        ReportedPoints.Frontier =>
            point.Standing is PointStanding.Frontier or PointStanding.MayBeDominated
            || point.Validity == Validity.Invalid,
        _ => false,
    };

    // What threw would throw again.
    static SweptRun? Shown(SweptPoint point) =>
        point.First(Validity.Invalid) ?? point.Runs.FirstOrDefault(run => !run.HasThrown);

    /// <summary>Writes one of them, unless it is there already.</summary>
    /// <param name="folder">The folder that it is seen from.</param>
    /// <param name="within">The folder in there that holds all of them.</param>
    /// <param name="sweep">Where runs take place, and until when.</param>
    /// <param name="point">What is run.</param>
    /// <param name="seed">With which seed.</param>
    /// <returns>Where its page stands; null where it was stopped.</returns>
    public static string? Write(string folder, string within, SweepRequest sweep, SweepPoint point, Seed seed)
    {
        var request = point.Run.With(seed);
        var name = System.IO.Path.Combine(within, $"{point.Number}-{RunFolder.NameOf(request)}");
        var place = System.IO.Path.Combine(name, "report.html");
        var path = System.IO.Path.Combine(folder, name);
        if (File.Exists(System.IO.Path.Combine(path, "result.json")))
            return place;
        var trace = new RunTrace();
        var world = sweep.WorldFor(request);
        using var owned = world as IDisposable;
        var result = Run.Execute(request, world, new()
        {
            Cancellation = sweep.Cancellation, Trace = trace, States = trace,
        });
        if (sweep.Cancellation.IsCancellationRequested)
            return null;
        RunFolder.Make(path, request).Write(result, trace);
        return place;
    }
}
