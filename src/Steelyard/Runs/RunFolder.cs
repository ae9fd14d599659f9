using System.Text.Json;
using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Runs;

/// <summary>
/// What a run leaves: <c>report.html</c>, <c>history.jsonl</c>, <c>result.json</c>, <c>scenario.yaml</c> and
/// <c>faults.yaml</c>. Each file is written whole or not at all; <c>result.json</c> comes last, so where it
/// stands, the rest stands too.
/// </summary>
public sealed class RunFolder
{
    /// <summary>Where runs go when the user names no folder.</summary>
    public const string DefaultParent = "runs";

    /// <summary>The name of the page.</summary>
    internal const string ReportFile = "report.html";

    const int LongestName = 100;

    bool _wasMade;

    RunFolder(string path) => Path = path;

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The page.</summary>
    public string Report => File(ReportFile);

    /// <summary>The history.</summary>
    public string History => File("history.jsonl");

    /// <summary>Everything for machines.</summary>
    public string Result => File("result.json");

    /// <summary>What was run; <c>steelyard run</c> takes it.</summary>
    public string Scenario => File("scenario.yaml");

    /// <summary>What broke; <c>--faults</c> takes it.</summary>
    public string Faults => File("faults.yaml");

    /// <summary>A folder that is there, as <c>replay</c> takes it; a file inside it is taken for the
    /// folder.</summary>
    /// <exception cref="UserMistakeException">There is none, or no run has finished in it.</exception>
    public static RunFolder Open(string path)
    {
        var folder = new RunFolder(
            System.IO.File.Exists(path) ? System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!
                : path);
        if (!Directory.Exists(folder.Path))
            throw new UserMistakeException($"expected the folder of a run, found no folder {path}");
        return System.IO.File.Exists(folder.Result)
            ? folder
            : throw new UserMistakeException($"expected the folder of a run, found no result.json in {path}");
    }

    /// <summary>The folder that a run left where nobody named another one.</summary>
    /// <param name="request">What was run.</param>
    /// <exception cref="UserMistakeException">There is none, or no run has finished in it.</exception>
    internal static RunFolder OpenOf(RunRequest request)
    {
        var path = System.IO.Path.Combine(DefaultParent, NameOf(request));
        return Directory.Exists(path)
            ? Open(path)
            : throw new UserMistakeException(
                $"expected the folder of a run, found no folder {path}; {RunCommand.Of(request.Spec)}"
                + " leaves one");
    }

    /// <summary>Makes a folder to write a run into, before the run starts: a full disk is no surprise at its
    /// end.</summary>
    /// <param name="path">The folder, or null for <c>runs/design-seed…</c> here.</param>
    /// <param name="request">What is to be run.</param>
    /// <exception cref="UserMistakeException">A file stands there.</exception>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public static RunFolder Make(string? path, RunRequest request)
    {
        var folder = new RunFolder(path ?? System.IO.Path.Combine(DefaultParent, NameOf(request)));
        folder._wasMade = !Directory.Exists(folder.Path);
        AtomicFile.MakeFolder(folder.Path);
        return folder;
    }

    /// <summary>Takes the folder away again when it was made here and nothing was written into it.</summary>
    public void RemoveIfEmpty()
    {
        if (_wasMade && !Directory.EnumerateFileSystemEntries(Path).Any())
            Directory.Delete(Path);
    }

    /// <summary>Writes everything: whole, or not at all. All files are written before one that was there is
    /// touched, so a full disk never costs an earlier result.</summary>
    /// <exception cref="CannotWriteException">A file cannot be written.</exception>
    /// <param name="result">What the run gave.</param>
    /// <param name="trace">What was traced as it ran, for the page; null leaves messages and states
    /// out.</param>
    public void Write(RunResult result, RunTrace? trace)
    {
        var beside = new RunFolder(File($".{Environment.ProcessId}.new"));
        try
        {
            AtomicFile.MakeFolder(beside.Path);
            beside.WriteFiles(result, trace, Commands(result), Path);
            TakeFrom(beside);
        }
        finally
        {
            AtomicFile.TryDeleteFolder(beside.Path);
        }
    }

    /// <summary>Writes the page anew, of the same run done again.</summary>
    /// <param name="result">What the run gave.</param>
    /// <param name="trace">What was traced as it ran.</param>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public void WriteReport(RunResult result, RunTrace trace) => AtomicFile.Write(
        Report, stream => ReportPage.Write(stream, result, Commands(result), trace));

    /// <summary>Writes what clients have seen so far, of a run that cannot be done again: it is there should
    /// we be killed. Whatever an earlier run left does not vouch for it.</summary>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    internal void KeepSoFar(History history)
    {
        AtomicFile.Try($"the files of {Path}", () =>
        {
            System.IO.File.Delete(Result);
            System.IO.File.Delete(Report);
        });
        AtomicFile.Write(History, stream => JsonlWriter.Write(stream, history));
    }

    // Paths in the files are as seen from where they will stand.
    void WriteFiles(RunResult result, RunTrace? trace, IReadOnlyList<RepeatCommand> commands, string place)
    {
        AtomicFile.Write(History, stream => JsonlWriter.Write(stream, result.World.History));
        AtomicFile.Write(Faults, FaultPlanFile.Write(result.Faults));
        AtomicFile.Write(Scenario, ScenarioFile.Write(
            result.Spec with { Faults = FaultChoice.Named("faults.yaml") }, place));
        AtomicFile.Write(Report, stream => ReportPage.Write(stream, result, commands, trace));
        AtomicFile.Write(Result, stream =>
        {
            using var json = new Utf8JsonWriter(stream, ResultJson.Indented);
            ResultJson.Write(json, result, folder: null);
        });
    }

    // An older result must not vouch for newer files, should we be stopped in between: it goes first, and the
    // new one comes last.
    void TakeFrom(RunFolder beside) => AtomicFile.Try($"the files of {Path}", () =>
    {
        System.IO.File.Delete(Result);
        foreach (var name in new[] { History, Faults, Scenario, Report, Result })
            System.IO.File.Move(
                beside.File(System.IO.Path.GetFileName(name)), name, overwrite: true);
    });

    IReadOnlyList<RepeatCommand> Commands(RunResult result) =>
    [
        .. result.Scenario.Deployment.IsReplayable
            ? new RepeatCommand[]
            {
                new("the same run again", RunCommand.Of(result.Spec)),
                new("the same run from this folder, compared event by event", $"steelyard replay {Path}"),
            }
            : [new("the same questions and the same faults; not replayable, what comes of them may differ",
                RunCommand.Of(result.Spec))],
        new("other seeds, until one breaks a promise", RunCommand.Hunt(result.Spec)),
        .. RunCommand.Next(result).Select(next => new RepeatCommand($"to try: {next.Shows}", next.Command)),
    ];

    /// <summary>As <c>bank-0x1-replication-async</c>: design, seed, and whatever was not left at its
    /// default.</summary>
    internal static string NameOf(RunRequest request)
    {
        var words = new List<string> { request.Design.Name, request.Seed.ToString() };
        foreach (var (name, value) in request.Spec.Options.Select(given => (given.Key, given.Value))
                     .Concat(RunCommand.Common(request.Spec.Common)))
            words.AddRange(value == "true" ? [name] : [name, value]);
        if (request.Faults.Name != FaultChoice.Story.Name)
            words.AddRange(["faults", System.IO.Path.GetFileNameWithoutExtension(request.Faults.Name)]);
        var safe = string.Concat(
            string.Join('-', words).Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-'));
        return safe.Length <= LongestName
            ? safe
            : $"{safe[..(LongestName - 17)]}-{StableHash.Of(safe):x16}";
    }

    string File(string name) => System.IO.Path.Combine(Path, name);
}
