using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Proving;
using Steelyard.App.Terminals;
using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>
/// What a <c>check</c> leaves on disk: a page about each history (<c>report.html</c>), and its proof: an
/// order that explains it (<c>linearizable-order.txt</c>) or the few operations that contradict each other
/// (<c>linearizable-counterexample.jsonl</c>), which <c>check</c> reads again.
/// </summary>
/// <param name="terminal">Told where the files are.</param>
/// <param name="folder">Where they go; null is a folder for each history under <c>runs</c>.</param>
/// <param name="hasSeveral">Whether several histories share that folder.</param>
internal sealed class CheckFiles(Terminal terminal, string? folder, bool hasSeveral)
{
    readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Writes what was asked for of one history.</summary>
    /// <exception cref="UserMistakeException">It cannot be written there.</exception>
    public void Write(HistoryCheck check, CheckRequest request, ReportPlace report)
    {
        if (!report.IsWanted && (folder is null || check.Proofs.Count == 0))
            return;
        if (report.File is { } file)
        {
            if (Path.GetDirectoryName(file) is { Length: > 0 } parent)
                AtomicFile.MakeFolder(parent);
            WritePage(file, check, request);
        }

        if (report.File is not null && folder is null)
            return;
        var place = Place(check);
        AtomicFile.MakeFolder(place);
        foreach (var proof in check.Proofs)
            WriteProof(place, check.Read.History, proof);
        if (report is { IsWanted: true, File: null })
            WritePage(Path.Combine(place, "report.html"), check, request);
    }

    string Place(HistoryCheck check)
    {
        var name = Path.GetFileName(check.Path);
        if (folder is not null && !hasSeveral)
            return folder;
        var wanted = folder is null
            ? Path.Combine(RunFolder.DefaultParent, $"check-{name}")
            : Path.Combine(folder, name);
        var place = wanted;
        for (var number = 2; !_taken.Add(place); number++)
            place = $"{wanted}-{number}";
        return place;
    }

    void WriteProof(string place, History history, VerdictProof proof)
    {
        if (!proof.IsVerified)
            return;
        var kind = proof.SubHistory is null ? "order.txt" : "counterexample.jsonl";
        var path = Path.Combine(place, $"{proof.Checker}-{kind}");
        AtomicFile.Write(path, stream =>
        {
            if (proof.SubHistory is { } alone)
                JsonlWriter.Write(stream, alone);
            else
                WriteOrder(stream, history, proof.Operations);
        });
        terminal.Error($"Proof    {path}");
    }

    static void WriteOrder(Stream stream, History history, IReadOnlyList<int> order)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        foreach (var index in order)
            writer.WriteLine($"{history[index].RecordedIndex}\t{history[index]}");
    }

    void WritePage(string page, HistoryCheck check, CheckRequest request)
    {
        AtomicFile.Write(page, stream => ReportPage.Write(
            stream, new CheckedHistory(
                check.Path, check.Read.History, check.Verdicts,
                RunMeasures.Of(check.Read.History, new() { Limit = request.Slo }))
            {
                JudgedAs = request.Consistency is { } model ? $"{check.Model}, {model}" : check.Model,
            },
            [new RepeatCommand("the same judgement again", Again(check, request))]));
        terminal.Error($"Report   {page}");
    }

    static string Again(HistoryCheck check, CheckRequest request)
    {
        var words = new List<string> { "steelyard check", Quoted(check.Path) };
        if (request.Model is not null)
            words.Add($"--model {request.Model}");
        if (request.Consistency is not null)
            words.Add($"--consistency {request.Consistency}");
        if (request.Staleness is { } limit)
            words.Add($"--staleness {limit.Word}");
        if (request.Slo != MeasureOptions.UsualLimit)
            words.Add($"--slo {Durations.Format(request.Slo)}");
        words.AddRange(request.Expect.Select(limit => $"--expect {Quoted(limit.ToString())}"));
        if (!request.Initial.IsNil)
            words.Add($"--initial '{request.Initial}'");
        if (request.Reading.Format is { } format)
            words.Add($"--format {format.Name}");
        if (request.Reading.Map is { } map)
            words.AddRange(map.Words.Select(Quoted));
        if (request.Spans is { } spans)
            words.Add($"--spans {Quoted(spans)}");
        if (request.Reading.IndependentKeys)
            words.Add("--independent");
        if (request.Reading.KeepPartial)
            words.Add("--keep-partial");
        return string.Join(' ', words);
    }

    static string Quoted(string path) =>
        path.All(one => char.IsAsciiLetterOrDigit(one) || "/._-+~".Contains(one)) ? path : $"'{path}'";
}

/// <summary>Where the page about a history goes.</summary>
/// <param name="IsWanted">Whether there is to be one.</param>
/// <param name="File">The file; null is <c>report.html</c> in the history's folder.</param>
internal readonly record struct ReportPlace(bool IsWanted, string? File)
{
    public static ReportPlace None => default;

    public static ReportPlace InFolder => new(true, null);
}
