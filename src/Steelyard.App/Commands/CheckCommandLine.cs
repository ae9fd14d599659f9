using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Steelyard.Analysis.Measurements;
using Steelyard.Analysis.Staleness;
using Steelyard.App.Terminals;
using Steelyard.Checks;
using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Pipelines;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard check</c>: judge any recorded history.</summary>
internal sealed class CheckCommandLine
{
    const string Page = "html";

    readonly Terminal _terminal;
    readonly DesignCatalogue _designs;
    readonly Argument<string[]> _files = new("history")
    {
        Description = "Files to judge, gzipped ones too; folders of them; patterns such as 'logs/**/*.edn';"
            + " or - for standard input",
        Arity = ArgumentArity.OneOrMore,
    };

    readonly Option<string?> _model = Text(
        "--model", "which",
        "What the history should behave like, such as cas-register, queue, set-full or list-append: a word of"
        + " 'list models'; the history in a run's folder knows without, and so does a .hist or fptlin file");
    readonly Option<string?> _consistency = Text(
        "--consistency", "which",
        "The consistency model to hold the history to, such as sequential for register and"
        + " snapshot-isolation for list-append: a word of 'list consistency'; the strongest that the model"
        + " takes when not given");
    readonly Option<string?> _staleness = Text(
        "--staleness", "limit",
        "For register, cas-register and kv: how stale a read may be, as a time (100ms) or in versions (3)");
    readonly Option<string?> _format = Text(
        "--format", "which",
        $"How the file is written: {string.Join(", ", HistoryFormats.Names)}; detected when not given");
    readonly Option<string?> _initial = Text("--initial", "values",
        "What everything holds at first, such as {x: 0, y: 0}, or 0 for all keys; bank, semaphore and"
        + " oversell take a map");
    readonly MapOptionSet _map = new();
    readonly Option<bool> _independent = new("--independent")
    {
        Description = "Values are Jepsen's tuples [key value]: judge each key on its own",
    };
    readonly Option<string?> _order = Text(
        "--order", "lines|time",
        "What tells the order of events where times contradict the order of lines, and events have no index");
    readonly Option<string?> _spans = Text(
        "--spans", "map.yaml",
        "For traces of OpenTelemetry: which spans are operations; without it a map to start from is printed");
    readonly Option<bool> _partial = new("--keep-partial")
    {
        Description = "Judge what stands before the place where a file is cut short",
    };
    readonly Option<bool> _prove = new("--prove")
    {
        Description = "Verify each verdict by other means, and show the proof",
    };
    readonly Option<bool> _noWitness = new("--no-witness")
    {
        Description = "Of a history that is not linearizable say so at once, without the few operations that"
            + " contradict each other: finding them may take longer than the verdict",
    };
    readonly Option<string?> _report = Text(
        "--report", Page,
        "Write a page about each history too: html, or for one history the page's file, such as queue.html");
    readonly Option<string?> _slo = Text(
        "--slo", "time",
        "On the page: how soon after it is due a request must be answered to count as available; 1s when"
        + " not given");
    readonly Option<string[]> _expect = CommonOptionSet.ExpectOption();
    readonly Option<string?> _out = Text(
        "--out", "folder", "Where pages and proofs go; pages to runs/check-<file> when not given");
    readonly Option<bool> _json = new("--json") { Description = "Print the verdicts as JSON" };
    readonly PipelineOptionSet _pipeline = new();

    static readonly TimeSpan LongWait = TimeSpan.FromSeconds(3);

    CheckCommandLine(Terminal terminal, DesignCatalogue designs)
    {
        _terminal = terminal;
        _designs = designs;
    }

    public static Command Create(DesignCatalogue designs, Terminal terminal)
    {
        var check = new CheckCommandLine(terminal, designs);
        var command = new Command(
            "check", "Judge recorded histories: ours, Jepsen's, Porcupine's, LiMo's and others");
        command.Add(check._files);
        foreach (var option in (Option[])
                 [
                     check._model, check._consistency, check._staleness, check._format, check._initial,
                     .. check._map.All, check._order, check._independent, check._spans, check._partial,
                     check._prove, check._noWitness, check._report, check._slo, check._expect, check._out,
                     check._json, .. check._pipeline.All,
                 ])
            command.Add(option);
        check._model.CompletionSources.Add(HistoryModels.Names.ToArray());
        check._consistency.CompletionSources.Add(HistoryModels.Consistencies.ToArray());
        check._format.CompletionSources.Add(HistoryFormats.Names.ToArray());
        command.SetAction(check.Execute);
        Examples.Of(
            command, "steelyard check etcd_000.log --model cas-register",
            "steelyard check histories/*.edn --model register --json",
            "steelyard check runs/bank-0x1/history.jsonl",
            "steelyard check queue.hist --prove",
            "steelyard check ops.csv --model register --map process=client,start=t0,end=t1,function=op,"
            + "key=k,input=arg,output=res,outcome=status --outcome ok=200..299,fail=409,info=*",
            "zcat history.edn.gz | steelyard check - --model register",
            "steelyard check traces.json --model exactly-once --spans map.yaml");
        return command;
    }

    static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName };

    int Execute(ParseResult parsed)
    {
        ParseMistakes.MustHaveNoStrayOption(parsed.GetValue(_files)!, parsed.CommandResult);
        var request = Request(parsed);
        var paths = HistoryPaths.Of(parsed.GetValue(_files)!);
        var pages = Pages(parsed, paths.Count);
        var watch = Stopwatch.StartNew();
        var files = new List<CheckedFile>();
        var written = new CheckFiles(_terminal, parsed.GetValue(_out), paths.Count > 1);
        using var interruption = new Interruption();
        Exception? bug = null;
        try
        {
            using var progress = new CheckProgress(_terminal, paths);
            foreach (var path in paths)
            {
                progress.Begin(path);
                var file = One(path, request, interruption.Token);
                progress.Clear();
                files.Add(file);
                Show(file, parsed);
                if (file.Check is not null)
                    written.Write(file.Check, request, pages);
                if (_terminal.OutputFailure is not null)
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // What was judged so far is told below.
        }
        catch (Exception failure) when (failure is not UserMistakeException)
        {
            bug = failure;
        }

        End(files, parsed, interruption.Token.IsCancellationRequested, watch.Elapsed);
        if (interruption.Token.IsCancellationRequested)
            _terminal.Error(
                $"steelyard: interrupted; {files.Count:N0} of {paths.Count:N0} files were looked at");
        if (bug is not null)
            ExceptionDispatchInfo.Throw(bug);
        return interruption.Token.IsCancellationRequested
            ? ExitCodes.Interrupted
            : CheckedFile.ExitCode(files);
    }

    CheckedFile One(string path, CheckRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var patience = Patience(path);
        try
        {
            return new(path, Judged(path, request, cancellation), null, PeakBytes());
        }
        catch (UserMistakeException mistake)
        {
            if (mistake.InnerException is SpansWithoutMapException { Survey: var survey })
                _terminal.Line(survey.TrimEnd('\n'));
            var named = mistake.Message.Contains(path, StringComparison.Ordinal);
            return new(
                path, null, CommandLine.OneLine(named ? mistake.Message : $"{path}: {mistake.Message}"),
                PeakBytes());
        }
    }

    HistoryCheck Judged(string path, CheckRequest request, CancellationToken cancellation)
    {
        if (path != HistoryPaths.StandardInput)
            return HistoryCheck.Of(path, request, _designs, cancellation);
        using var input = Console.OpenStandardInput();
        return HistoryCheck.Of(input, "stdin", request, _designs, cancellation);
    }

    // A pipe to which nobody writes looks like a hang.
    Timer? Patience(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: 0 }
                ? new(_ => _terminal.Error($"steelyard: {path}: still waiting for its bytes"), null,
                    LongWait, Timeout.InfiniteTimeSpan)
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            // The reader will tell what is wrong with it.
            return null;
        }
    }

    static long PeakBytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    // Told as it is known: whoever stops in the middle keeps what was found.
    void Show(CheckedFile file, ParseResult parsed)
    {
        if (file.Mistake is not null)
            _terminal.Error($"steelyard: {file.Mistake}");
        else if (_pipeline.IsQuiet(parsed))
            new QuietLines(_terminal).Write(PipelineSuite.Of(file.Check!));
        else if (!parsed.GetValue(_json))
            new CheckLines(_terminal).Write(file.Check!);
    }

    static PipelineSuite Suite(CheckedFile file) => file.Check is { } check
        ? PipelineSuite.Of(check)
        : new(file.Path, [new("is-read", Validity.Unknown, file.Mistake!) { Rule = "is-read" }]);

    void End(List<CheckedFile> files, ParseResult parsed, bool isPartial, TimeSpan elapsed)
    {
        if (parsed.GetValue(_json))
            _terminal.Json(json => CheckJson.Write(json, files, isPartial));
        else if (files.Count > 1 && !_pipeline.IsQuiet(parsed))
            new CheckLines(_terminal).WriteSummary(files);
        _pipeline.Write(parsed, elapsed, [.. files.Select(Suite)]);
    }

    CheckRequest Request(ParseResult parsed)
    {
        var request = new CheckRequest
        {
            Model = parsed.GetValue(_model),
            Initial = parsed.GetValue(_initial) is { } text ? Initial(text) : Value.Nil,
            Consistency = parsed.GetValue(_consistency),
            Staleness = parsed.GetValue(_staleness) is { } limit ? Limit(limit) : null,
            Reading = new()
            {
                Format = parsed.GetValue(_format) is { } format ? HistoryFormats.Named(format) : null,
                IndependentKeys = parsed.GetValue(_independent),
                KeepPartial = parsed.GetValue(_partial),
                Order = parsed.GetValue(_order) is { } order ? Order(order) : null,
                Map = _map.Map(parsed),
            },
            Spans = parsed.GetValue(_spans),
            Prove = parsed.GetValue(_prove),
            FindsWitness = !parsed.GetValue(_noWitness),
            Slo = CommonOptionSet.DurationAboveZero(parsed, _slo) ?? MeasureOptions.UsualLimit,
            Expect = CommonOptionSet.Limits(parsed, _expect),
        };
        request.MustFit();
        return request;
    }

    static LineOrder Order(string text) => text switch
    {
        "lines" => LineOrder.Lines,
        "time" => LineOrder.Time,
        _ => throw new UserMistakeException($"--order: expected lines or time, found \"{text}\""),
    };

    static StalenessLimit Limit(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var versions))
            return StalenessLimit.Of(versions);
        return Durations.TryParse(text, out var time)
            ? StalenessLimit.Of(time)
            : throw new UserMistakeException(
                "--staleness: expected a time such as 100ms or a number of versions such as 3, found "
                    + $"\"{text}\"");
    }

    static Value Initial(string text) =>
        History.Parse($"0 invoke initial {text}")[0].Input is { IsNil: false } values
        ? values
        : throw new UserMistakeException(
            $"--initial: expected a map such as {{x: 0, y: 0}}, or one value for all, found \"{text}\"");

    ReportPlace Pages(ParseResult parsed, int histories) => parsed.GetValue(_report) switch
    {
        null => ReportPlace.None,
        Page => ReportPlace.InFolder,
        { } file when file.EndsWith($".{Page}", StringComparison.OrdinalIgnoreCase) =>
            histories == 1 ? new(true, file) : throw new UserMistakeException(
                $"--report: expected html for {histories:N0} histories (each has its page, in the folder of"
                + $" --out), found \"{file}\""),
        { } other => throw new UserMistakeException(
            $"--report: expected html or a file that ends in .html, found \"{other}\""),
    };
}
