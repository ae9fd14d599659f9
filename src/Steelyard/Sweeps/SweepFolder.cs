using System.Text.Json;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>
/// What a sweep leaves: <c>sweep.html</c>, <c>sweep.csv</c>, <c>sweep.json</c>, the runs it rests on in
/// <c>runs.jsonl</c>, and folders of runs that its points open, in <c>points</c>.
/// </summary>
internal sealed class SweepFolder
{
    /// <summary>Where sweeps go when the user names no folder.</summary>
    public const string DefaultParent = "sweeps";

    SweepFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The page.</summary>
    public string Page => File("sweep.html");

    /// <summary>The points as a table.</summary>
    public string Csv => File("sweep.csv");

    /// <summary>Everything for machines.</summary>
    public string Json => File("sweep.json");

    /// <summary>The runs.</summary>
    public string Runs => File(SweepStore.FileName);

    /// <summary>Makes the folder of a sweep, or finds it.</summary>
    /// <param name="path">The folder; null is one whose name the sweep determines.</param>
    /// <param name="sweep">What is swept.</param>
    /// <exception cref="UserMistakeException">A file stands there.</exception>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public static SweepFolder Make(string? path, SweepRequest sweep)
    {
        var folder = new SweepFolder(path ?? System.IO.Path.Combine(
            DefaultParent, SweepIdentity.Of(sweep).Name(sweep.What.Design.Name)));
        AtomicFile.MakeFolder(folder.Path);
        return folder;
    }

    /// <summary>Writes what was found. Each file is written whole or not at all.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="reports">Of points that have one, the report of a run, as seen from the folder.</param>
    /// <param name="commands">How to repeat it.</param>
    /// <exception cref="CannotWriteException">A file cannot be written.</exception>
    public void Write(
        SweepResult result, IReadOnlyDictionary<string, string> reports,
        IReadOnlyList<Report.RepeatCommand> commands)
    {
        AtomicFile.Write(Csv, SweepCsv.Of(result));
        AtomicFile.Write(Json, stream =>
        {
            using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
            SweepJson.Write(json, result, reports);
        });
        AtomicFile.Write(Page, stream => SweepPage.Write(stream, SweepReport.Of(result, reports, commands)));
    }

    string File(string name) => System.IO.Path.Combine(Path, name);
}
