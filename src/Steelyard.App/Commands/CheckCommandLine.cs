using System.CommandLine;
using System.Text.Json;
using Steelyard.Analysis;
using Steelyard.App.Terminals;
using Steelyard.Checks;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Histories.Formats;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Worlds;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard check</c>: judge any recorded history.</summary>
internal sealed class CheckCommandLine
{
    readonly Terminal _terminal;
    readonly IReadOnlyList<IDesign> _designs;
    readonly Argument<string[]> _files = new("history")
    {
        Description = "Files to judge; gzipped ones too",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> _model = Text(
        "--model", "which",
        $"What the history should behave like: {string.Join(", ", HistoryModels.Names)};"
        + " the history in a run's folder knows without");
    readonly Option<string?> _consistency = Text(
        "--consistency", "which",
        "The consistency model to hold the history to, such as snapshot-isolation for list-append;"
        + " the strongest of the model when not given");
    readonly Option<string?> _format = Text(
        "--format", "which",
        $"How the file is written: {string.Join(", ", HistoryFormats.Names)}; detected when not given");
    readonly Option<string?> _initial = Text("--initial", "map",
        "What everything holds at first, such as {x: 0, y: 0}; for multi-register and bank");
    readonly Option<bool> _independent = new("--independent")
    {
        Description = "Values are Jepsen's tuples [key value]: judge each key on its own",
    };
    readonly Option<bool> _partial = new("--keep-partial")
    {
        Description = "Judge what stands before the place where a file is cut short",
    };
    readonly Option<string?> _report = Text("--report", "html", "Write a page about each history too");
    readonly Option<string?> _out = Text(
        "--out", "folder", "Where the pages go; runs/check-<file> when not given");
    readonly Option<bool> _json = new("--json") { Description = "Print the verdicts as JSON" };

    CheckCommandLine(Terminal terminal, IReadOnlyList<IDesign> designs)
    {
        _terminal = terminal;
        _designs = designs;
    }

    public static Command Create(IReadOnlyList<IDesign> designs, Terminal terminal)
    {
        var check = new CheckCommandLine(terminal, designs);
        var command = new Command(
            "check", "Judge recorded histories: ours, Jepsen's EDN and JSON, Porcupine's logs");
        command.Add(check._files);
        foreach (var option in new Option[]
                 {
                     check._model, check._consistency, check._format, check._initial, check._independent,
                     check._partial, check._report, check._out, check._json,
                 })
            command.Add(option);
        check._model.CompletionSources.Add(HistoryModels.Names.ToArray());
        check._consistency.CompletionSources.Add(HistoryModels.Consistencies.ToArray());
        check._format.CompletionSources.Add(HistoryFormats.Names.ToArray());
        command.SetAction(check.Execute);
        Examples.Of(
            command, "steelyard check etcd_000.log --model cas-register",
            "steelyard check histories/*.edn --model register --json",
                "steelyard check runs/bank-0x1/history.jsonl");
        return command;
    }

    static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };

    int Execute(ParseResult parsed)
    {
        var files = parsed.GetValue(_files)!;
        var reports = Reports(parsed);
        var checks = new List<HistoryCheck>();
        using var interruption = new Interruption();
        using (var status = new StatusLine(_terminal))
            foreach (var file in files)
            {
                if (interruption.Token.IsCancellationRequested)
                    break;
                status.Show(
                    elapsed =>
                    $"check: {checks.Count} of {files.Length} files, "
                        + $"{StatusLine.TimeLeft(elapsed, (double)checks.Count / files.Length)}");
                checks.Add(One(file, parsed, interruption.Token));
            }

        foreach (var check in reports ? checks : [])
            WriteReport(check, parsed.GetValue(_out));
        if (parsed.GetValue(_json))
            _terminal.Json(json => Write(json, checks));
        else
            foreach (var check in checks)
                Write(check);
        return interruption.Token.IsCancellationRequested
            ? ExitCodes.Interrupted
            : ExitCodes.Of(ResultJson.Overall(checks.SelectMany(check => check.Verdicts)));
    }

    HistoryCheck One(string file, ParseResult parsed, CancellationToken cancellation)
    {
        var options = new ReadOptions
        {
            Format = parsed.GetValue(_format) is { } format ? HistoryFormats.Parse(format) : null,
            IndependentKeys = parsed.GetValue(_independent),
            KeepPartial = parsed.GetValue(_partial),
        };
        var initial = parsed.GetValue(_initial) is { } text ? Initial(text) : Value.Nil;
        var model = parsed.GetValue(_model);
        // Before the file is opened: a wrong word is no file's fault.
        if (model is not null)
            HistoryModels.Of(model, initial, parsed.GetValue(_consistency));
        try
        {
            return HistoryCheck.Of(
                file, model, initial, options, _designs, parsed.GetValue(_consistency), cancellation);
        }
        catch (UserMistakeException mistake) when (!mistake.Message.Contains(file, StringComparison.Ordinal))
        {
            throw new UserMistakeException($"{file}: {mistake.Message}", mistake);
        }
    }

    static Value Initial(string text) =>
        History.Parse($"0 invoke initial {text}")[0].Input is { Kind: ValueKind.Map } map
        ? map
        : throw new UserMistakeException(
            $"--initial: expected a map such as {{x: 0, y: 0}}, found \"{text}\"");

    bool Reports(ParseResult parsed) => parsed.GetValue(_report) switch
    {
        null => false,
        "html" => true,
        { } other => throw new UserMistakeException($"--report: expected html, found \"{other}\""),
    };

    void WriteReport(HistoryCheck check, string? folder)
    {
        folder ??= Path.Combine(RunFolder.DefaultParent, $"check-{Path.GetFileName(check.Path)}");
        AtomicFile.MakeFolder(folder);
        var page = Path.Combine(folder, "report.html");
        var again = $"steelyard check {check.Path} --model {check.Model}";
        AtomicFile.Write(page, stream => ReportPage.Write(
            stream, new CheckedHistory(check.Path, check.Read.History, check.Verdicts, []),
            [new RepeatCommand("the same judgement again", again)]));
        _terminal.Error($"Report   {page}");
    }

    void Write(HistoryCheck check)
    {
        _terminal.Line(
            $"{check.Path}: {check.Read.History.Count:N0} operations "
                + $"({HistoryFormats.NameOf(check.Read.Format)}), judged as {check.Model}");
        if (check.Read.PartialReason is { } reason)
            _terminal.Line($"  PARTIAL: {reason}");
        new VerdictLines(_terminal).Write(check.Read.History, check.Verdicts);
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<HistoryCheck> checks)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString(
            "validity", ResultJson.Overall(checks.SelectMany(check => check.Verdicts)).ToString());
        json.WriteStartArray("files");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("path", check.Path);
            json.WriteString("format", HistoryFormats.NameOf(check.Read.Format));
            json.WriteString("model", check.Model);
            json.WriteNumber("operations", check.Read.History.Count);
            json.WriteBoolean("partial", check.Read.IsPartial);
            json.WriteString("historyHash", ResultJson.Hash(check.Read.History.Hash));
            json.WriteString("validity", ResultJson.Overall(check.Verdicts).ToString());
            json.WriteStartArray("verdicts");
            foreach (var verdict in check.Verdicts)
                ResultJson.WriteVerdict(json, verdict);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
