using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Live.Matrix;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Live;

/// <summary>Tries rows of the matrix, one after the other; each leaves a folder with its evidence.</summary>
/// <param name="designs">Where engines are found by name.</param>
/// <param name="folder">Where the evidence goes.</param>
/// <param name="cancellation">Stops it between two steps.</param>
internal sealed class MatrixTrial(DesignCatalogue designs, string folder, CancellationToken cancellation)
{
    /// <summary>Tries all rows of an engine, those of one set-up together.</summary>
    public IEnumerable<MatrixOutcome> TryAll(Engine engine)
    {
        foreach (var row in engine.Rows.OfType<RunRow>())
            yield return OrWhyNot(engine, row, () => Try(engine, row));
        foreach (var rows in engine.Rows.OfType<ScriptRow>().GroupBy(row => row.Setup))
            foreach (var outcome in TryOnOne(engine, [.. rows.OrderByDescending(row => row.LeavesWhole)]))
                yield return outcome;
    }

    // A cluster serves until a script breaks it.
    IEnumerable<MatrixOutcome> TryOnOne(Engine engine, IReadOnlyList<ScriptRow> rows)
    {
        var setup = engine.UsualSetup(rows[0].Setup);
        StartedEngine? started = null;
        try
        {
            foreach (var row in rows)
            {
                yield return OrWhyNot(engine, row, () =>
                {
                    started ??= StartedEngine.Start(engine, setup, FolderOf(engine, row), cancellation);
                    return Told(engine, row, started.Cluster);
                });
                if (row.LeavesWhole)
                    continue;
                started?.Dispose();
                started = null;
            }
        }
        finally
        {
            started?.Dispose();
        }
    }

    MatrixOutcome Told(Engine engine, ScriptRow row, EngineCluster cluster)
    {
        var finding = row.Try(cluster, cancellation).GetAwaiter().GetResult();
        var path = FolderOf(engine, row);
        Directory.CreateDirectory(path);
        File.WriteAllLines(Path.Combine(path, "transcript.txt"), finding.Transcript);
        return new(engine.Name, row, finding.Occurred, finding.Evidence, path);
    }

    MatrixOutcome Try(Engine engine, RunRow row)
    {
        Verdict? last = null;
        for (var seed = 1; seed <= row.Seeds; seed++)
        {
            var result = Run(engine, row, new((ulong)seed));
            last = result.Verdicts.FirstOrDefault(verdict => verdict.Checker == row.Promise)
                ?? throw new InvalidOperationException($"{engine.Name} has no promise {row.Promise}");
            if (result.Verdicts.FirstOrDefault(one => one.Validity == Validity.Unknown) is { } unknown)
                last = last.Validity == Validity.Invalid ? last : unknown;
            if (last.Validity != Validity.Valid)
                break;
        }

        bool? occurred = last!.Validity switch
        {
            Validity.Invalid => true,
            Validity.Valid => false,
            _ => null,
        };
        return new(engine.Name, row, occurred, last.Summary, FolderOf(engine, row));
    }

    RunResult Run(Engine engine, RunRow row, Seed seed)
    {
        var request = designs.Prepare(new()
        {
            Design = $"live {engine.Name}",
            Options = new OrderedDictionary<string, string>(row.Options, StringComparer.Ordinal),
            Common = new() { Duration = row.Duration, RatePerSecond = row.RatePerSecond },
            Faults = row.Faults.Faults.Count == 0 ? FaultChoice.Named("none")
                : FaultChoice.Of("matrix", row.Faults),
            Seed = seed,
        });
        var kept = RunFolder.Make(FolderOf(engine, row), request);
        var trace = new RunTrace();
        var result = Steelyard.Runs.Run.Execute(request, EveryDesign.CreateWorld(), new()
        {
            Cancellation = cancellation, Trace = trace, States = trace, Keep = kept.Path,
        });
        kept.Write(result, trace);
        // What was interrupted says nothing of its row; what it saw until then is kept.
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    static MatrixOutcome OrWhyNot(Engine engine, MatrixRow row, Func<MatrixOutcome> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception lacking) when (lacking is LiveException or UserMistakeException)
        {
            return new(engine.Name, row, Occurred: null, lacking.Message, Folder: null);
        }
    }

    string FolderOf(Engine engine, MatrixRow row) => Path.Combine(
        folder, engine.Name,
        string.Create(CultureInfo.InvariantCulture, $"{engine.Rows.ToList().IndexOf(row) + 1:00}"));
}
