using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Steelyard.App.Live;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Pipelines;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard run</c>: simulate, judge, measure, report.</summary>
internal sealed class RunCommandLine
{
    readonly Terminal _terminal;
    readonly CommonOptionSet _common;
    readonly Option<string?> _out = CommonOptionSet.Text(
        "--out", "folder", "Where the run's files go; runs/<design>-<seed> when not given");
    readonly Option<string?> _stopAt = CommonOptionSet.Text(
        "--stop-at-event", "number", "Stop after so many events of the scheduler");
    readonly Option<string?> _until = CommonOptionSet.Text(
        "--until", "time", "Stop at this time of the run, and show the state of each node");
    readonly Option<string?> _precision = PrecisionOption.Create(
        "Run an architecture longer and longer, up to twenty million requests, for its mean and p99 latency");
    readonly Option<bool> _json = new("--json")
    {
        Description = "Print the result as JSON",
        Recursive = true,
    };

    readonly Option<bool> _open = new("--open")
    {
        Description = "Open the report in the browser",
        Recursive = true,
    };
    readonly PipelineOptionSet _pipeline = new();
    readonly SeededRunOptionSet _seeded;

    RunCommandLine(Terminal terminal, bool isOfEngines = false) =>
        (_terminal, _common, _seeded) = (terminal, new(isOfEngines), new(terminal));

    public static Command Create(
        DesignCatalogue designs, IReadOnlyList<DesignEntry> entries, Terminal terminal)
    {
        var run = new RunCommandLine(terminal);
        var command = new Command(
            "run", "Simulate a design, judge what its clients saw, measure it, write a report");
        var word = DesignWord.Create();
        command.Add(word);
        new AppOptionSet().AddTo(command);
        run._common.AddTo(command, withSeed: true);
        foreach (var option in new Option[]
                 { run._out, run._stopAt, run._until, run._precision, run._json, run._open })
            command.Add(option);
        run._pipeline.AddTo(command);
        run._seeded.AddTo(command);
        foreach (var entry in entries)
            command.Add(run.OfDesign(entry));
        command.SetAction(parsed => run.Execute(
            DesignWord.Read(parsed.GetValue(word), designs, run._common, parsed), parsed));
        Examples.Of(command, "steelyard run bank", "steelyard run bank --replication async --seed 7",
            "steelyard run register --against replication=quorum --seeds 1..20",
            "steelyard run runs/bank-0x1/scenario.yaml", "steelyard run bin/Release/net10.0/MyDesign.dll",
            "steelyard run --app bin/Release/net10.0/My.Tests.dll --scenario Payments");
        return command;
    }

    /// <summary><c>steelyard live</c>: the same of a real engine on this machine.</summary>
    public static Command CreateLive(DesignCatalogue designs, Terminal terminal)
    {
        var run = new RunCommandLine(terminal, isOfEngines: true);
        var command = new Command(
            "live", "Start a real engine, break it, judge what its clients saw, measure it, write a report");
        run._common.AddTo(command, withSeed: true);
        foreach (var option in new Option[] { run._out, run._until, run._json, run._open })
            command.Add(option);
        run._pipeline.AddTo(command);
        foreach (var engine in designs.Engines)
            command.Add(run.OfDesign(DesignEntry.OfEngine(engine)));
        command.Add(IsolationCommandLine.Create(designs, terminal, run._json));
        var matrix = new MatrixCommandLine(designs, terminal);
        command.Add(matrix.Asked);
        command.Add(matrix.Only);
        var file = DesignWord.CreateForEngines();
        command.Add(file);
        command.SetAction(parsed => parsed.GetValue(matrix.Asked)
            ? matrix.Execute(parsed, parsed.GetValue(run._out), parsed.GetValue(run._json))
            : run.Execute(
                DesignWord.ReadOfEngine(parsed.GetValue(file), designs, run._common, parsed), parsed));
        Examples.Of(command, "steelyard live redis --faults partition", "steelyard live bank --on postgres",
            "steelyard live payments --variant key-after-effect",
            "steelyard live redis --workload register", "steelyard live runs/live-redis-0x1/scenario.yaml");
        return command;
    }

    Command OfDesign(DesignEntry entry)
    {
        var design = entry.Design;
        var command = new Command(entry.Word, design.Summary);
        var options = new DesignOptionSet(design, command);
        command.SetAction(parsed => Execute(
            RunRequest.Of(
                design, options.Read(parsed, _common.Read(parsed)),
                _common.Faults(parsed) ?? FaultChoice.Story, _common.Seed(parsed) ?? RunSpec.DefaultSeed,
                entry.Assembly),
            parsed));
        Examples.Of(command, [.. ExamplesOf(entry)]);
        return command;
    }

    /// <summary>The plain run, and one with the design's first choice changed.</summary>
    static IEnumerable<string> ExamplesOf(DesignEntry entry)
    {
        var plain = entry.Assembly is null
            ? RunCommand.Plain(entry.Design.Name)
            : $"steelyard run {entry.Assembly}";
        yield return plain;
        if (entry.Design.Options.FirstOrDefault(option => option.Choices.Count > 1) is { } option)
            yield return $"{plain} --{option.Name} {option.Choices[^1]} --seed 7 --faults partition";
    }

    int Execute(RunRequest asked, ParseResult parsed)
    {
        if (_seeded.IsAsked(parsed))
            return _seeded.Execute(
                asked, parsed, parsed.GetValue(_json),
                [_out, _stopAt, _until, _precision, _common.SeedOption, _open, .. _pipeline.All]);
        // Before anything is written, so that there is no moment at which Ctrl-C would lose it.
        using var interruption = new Interruption();
        var request = asked with
        {
            Spec = asked.Spec with
            {
                StopAtEvent = StopAt(parsed) ?? asked.Spec.StopAtEvent,
                Until = CommonOptionSet.DurationAboveZero(parsed, _until) ?? asked.Spec.Until,
            },
        };
        request.MustFit();
        StartOver.OnTheCopyFor(request);
        var precision = PrecisionOption.Read(parsed, _precision);
        var folder = RunFolder.Make(parsed.GetValue(_out), request);
        var trace = new RunTrace();
        var watch = Stopwatch.StartNew();
        RunResult result;
        try
        {
            using var status = new StatusLine(_terminal);
            var kept = request.Spec.IsLive ? new LiveKeeper(folder) : null;
            var control = new RunControl
            {
                Cancellation = interruption.Token,
                Progress = new RunProgress(status, request, kept),
                Recorder = kept?.Recorder,
                Trace = trace,
                States = trace,
                Keep = folder.Path,
            };
            result = precision is { } share
                ? PreciseRun.Execute(request, share, EveryDesign.CreateWorld(), control)
                : Run.Execute(request, EveryDesign.CreateWorld(), control);
            result = DefencesTried.AddTo(result, EveryDesign.CreateWorld(), interruption.Token);
            folder.Write(result, trace);
        }
        catch
        {
            folder.RemoveIfEmpty();
            throw;
        }

        Tell(parsed, result, folder, watch.Elapsed);
        return interruption.Token.IsCancellationRequested && result.World.IsPartial
            ? ExitCodes.Interrupted
            : ExitCodes.Of(Verdict.Overall(result.Verdicts));
    }

    void Tell(ParseResult parsed, RunResult result, RunFolder folder, TimeSpan elapsed)
    {
        var suite = PipelineSuite.Of(result, folder.Report);
        if (parsed.GetValue(_json))
            WriteJson(result, folder);
        else if (_pipeline.IsQuiet(parsed))
            new QuietLines(_terminal).Write(suite);
        else
            new ResultPage(_terminal, result, folder).Write();
        _pipeline.Write(parsed, elapsed, suite);
        if (parsed.GetValue(_open))
            PageOpener.Open(folder.Report, _terminal);
    }

    long? StopAt(ParseResult parsed)
    {
        if (parsed.GetValue(_stopAt) is not { } text)
            return null;
        return long.TryParse(text, System.Globalization.NumberStyles.None, null, out var stopAt) && stopAt > 0
            ? stopAt
            : throw new UserMistakeException($"--stop-at-event: expected a number above 0, found \"{text}\"");
    }

    void WriteJson(RunResult result, RunFolder folder)
    {
        _terminal.Json(json => ResultJson.Write(json, result, folder.Path));
    }
}

/// <summary>Progress of one run, in time of the run.</summary>
internal sealed class RunProgress(StatusLine status, RunRequest request, LiveKeeper? kept)
    : IProgress<TimeSpan>
{
    readonly TimeSpan _length = Length(request);

    public void Report(TimeSpan value)
    {
        kept?.Keep(value);
        status.Show(
            elapsed =>
            $"{request.Design.Name} {request.Seed}: {value.TotalSeconds:0.0} of {_length.TotalSeconds:0} s, "
            + (request.Spec.IsLive ? "" : $"simulated, {value / elapsed:N0} times real time, ")
            + StatusLine.TimeLeft(elapsed, value / _length));
    }

    static TimeSpan Length(RunRequest request)
    {
        var scenario = request.Build();
        return scenario.Load.Duration + scenario.Load.Settle;
    }
}
