using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Pipelines;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard hunt</c>: many seeds, until one breaks a promise.</summary>
internal sealed class HuntCommandLine
{
    const int UsualSeeds = 1000;
    const int MostInTime = 1_000_000;
    const int MostFreshStart = 1_000_000_000;

    readonly Terminal _terminal;
    readonly CommonOptionSet _common = new(isOfEngines: true);
    readonly Option<string?> _seeds = CommonOptionSet.Text(
        "--seeds", "range",
        "Which seeds, such as 1..1000, or 1000..1 to go down; or how many from a fresh start, such as 200;"
        + " 1..1000 when not given");
    readonly Option<string?> _for = CommonOptionSet.Text(
        "--for", "time", "Try seeds for so long, such as 5m; from a fresh start where no --seeds are given");
    readonly PipelineOptionSet _pipeline = new();
    readonly Option<bool> _keepGoing = new("--keep-going")
    {
        Description = "Try every seed, and count",
        Recursive = true,
    };
    readonly Option<bool> _hashes = new("--hashes")
    {
        Description = "Try every seed for its hashes, and judge nothing: two machines should agree on them",
        Recursive = true,
    };
    readonly Option<string?> _workers = CommonOptionSet.Text(
        "--workers", "count", "Runs at once; one on each core when not given");
    readonly HuntWorlds _worlds = new();
    readonly Option<bool> _json = new("--json")
    {
        Description = "Print each seed with its hashes and verdict as JSON",
        Recursive = true,
    };

    HuntCommandLine(Terminal terminal) => _terminal = terminal;

    public static Command Create(
        DesignCatalogue designs, IReadOnlyList<DesignEntry> entries, Terminal terminal)
    {
        var hunt = new HuntCommandLine(terminal);
        var command = new Command(
            "hunt", "Run a design with many seeds until one breaks a promise; say how to repeat it");
        var word = DesignWord.Create();
        command.Add(word);
        new AppOptionSet().AddTo(command);
        foreach (var option in new Option[]
                 { hunt._seeds, hunt._for, hunt._keepGoing, hunt._hashes, hunt._workers, hunt._json })
            command.Add(option);
        hunt._pipeline.AddTo(command);
        hunt._worlds.AddTo(command);
        hunt._common.AddTo(command, withSeed: false);
        foreach (var entry in entries)
            command.Add(hunt.OfDesign(entry));
        command.Add(hunt.OfEngines(designs));
        command.SetAction(parsed =>
        {
            var request = DesignWord.Read(parsed.GetValue(word), designs, hunt._common, parsed);
            return hunt.Execute(request, parsed);
        });
        Examples.Of(command, "steelyard hunt register --replication quorum --seeds 1..10000",
            "steelyard hunt bank --faults all --seeds 1..1000 --keep-going",
            "steelyard hunt --app bin/Release/net10.0/My.Tests.dll --scenario Payments --seeds 1..200");
        return command;
    }

    Command OfEngines(DesignCatalogue designs)
    {
        var command = new Command("live", "A real engine, again and again");
        foreach (var engine in designs.Engines)
            command.Add(OfDesign(DesignEntry.OfEngine(engine)));
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
                _common.Faults(parsed) ?? FaultChoice.Story, RunSpec.DefaultSeed, entry.Assembly),
            parsed));
        Examples.Of(command, $"steelyard hunt {entry.Assembly ?? design.Name} --faults all --seeds 1..1000");
        return command;
    }

    int Execute(RunRequest request, ParseResult parsed)
    {
        request.MustFit();
        using var interruption = new Interruption();
        using var status = new StatusLine(_terminal);
        var progress = new ShownProgress(status, request, CommonOptionSet.DurationAboveZero(parsed, _for));
        interruption.LastWords = () => _terminal.Error($"steelyard: interrupted; {progress.Told}");
        var hunt = new HuntRequest(
            _worlds.Creator(request, parsed), request,
            Seeds(parsed))
        {
            For = CommonOptionSet.DurationAboveZero(parsed, _for),
            KeepGoing = parsed.GetValue(_keepGoing),
            Judge = !parsed.GetValue(_hashes),
            Workers = Workers(parsed),
            Cancellation = interruption.Token,
            Progress = progress,
        };
        try
        {
            var result = Hunt.Execute(hunt);
            status.Dispose();
            return Tell(parsed, hunt, result, status.Elapsed);
        }
        catch (NotDeterministicException told)
        {
            status.Dispose();
            return HuntWorlds.Tell(_terminal, parsed.GetValue(_json), request, told);
        }
    }

    int Tell(ParseResult parsed, HuntRequest hunt, HuntResult result, TimeSpan elapsed)
    {
        if (parsed.GetValue(_json))
            _terminal.Json(json => HuntJson.Write(json, hunt, result));
        else if (_pipeline.IsQuiet(parsed))
            new QuietLines(_terminal).Write(PipelineSuite.Of(hunt, result));
        else
            new HuntLines(_terminal).Write(hunt, result, elapsed);
        _pipeline.Write(parsed, elapsed, PipelineSuite.Of(hunt, result));
        var verbose = parsed.Tokens.Any(token => token.Value == CommandLine.Verbose);
        if (result.FirstFailed is { Failure: DesignFailedException theirs })
            CommandLine.Tell(theirs, verbose, _terminal);
        else if (result.FirstFailed is { Failure: { } failure })
        {
            _terminal.Error(CommandLine.Told(failure));
            if (verbose)
                _terminal.Error(failure.ToString());
        }

        return CodeOf(hunt, result);
    }

    // What is certain outranks what was not found out: an Invalid, then a bug, then how far it came.
    static int CodeOf(HuntRequest hunt, HuntResult result)
    {
        if (result.FirstInvalid is not null)
            return ExitCodes.Broken;
        if (result.FirstFailed is { } failed)
            return failed.Failure is DesignFailedException ? ExitCodes.Broken : ExitCodes.OurBug;
        if (result.IsPartial)
            return ExitCodes.Interrupted;
        return hunt.Judge ? ExitCodes.Of(result.Validity) : ExitCodes.Held;
    }

    // Where it begins is told with the result, so that it can be done again.
    SeedRange Seeds(ParseResult parsed)
    {
        var fresh = (ulong)Random.Shared.NextInt64(1, MostFreshStart);
        return parsed.GetValue(_seeds) is { } text ? SeedRange.Parse(text, fresh)
            : parsed.GetValue(_for) is null ? SeedRange.Of(SeedRange.UsualStart, UsualSeeds)
            : SeedRange.Of(fresh, MostInTime);
    }

    static int Workers(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return Environment.ProcessorCount;
        return int.TryParse(text, System.Globalization.NumberStyles.None, null, out var workers)
            && workers is > 0 and <= 1024
            ? workers
            : throw new UserMistakeException(
                $"--workers: expected a whole number from 1 to 1024, found \"{text}\"");
    }

    int Workers(ParseResult parsed) => Workers(parsed, _workers);

    sealed class ShownProgress(StatusLine status, RunRequest request, TimeSpan? time)
        : IProgress<HuntProgress>
    {
        HuntProgress _last;

        /// <summary>How far it is, in words.</summary>
        public string Told => _last.Tried == 0 ? "nothing was judged"
            : $"{Tried} tried, {_last.Invalid:N0} invalid";

        string Tried => time is null
            ? $"{_last.Tried:N0} of {_last.Total:N0} seeds"
            : $"{_last.Tried:N0} seeds";

        public void Report(HuntProgress value)
        {
            _last = value;
            status.Show(
            elapsed =>
            $"{request.Design.Name}: {Tried}, {value.Tried / elapsed.TotalSeconds:N0} a second, "
            + $"{value.Invalid:N0} invalid, "
            + StatusLine.TimeLeft(
                elapsed, time is { } all ? elapsed / all : (double)value.Tried / value.Total));
        }
    }
}
