using System.CommandLine;
using System.Text.Json;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Workers;
using Steelyard.Worlds;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard hunt</c>: many seeds, until one breaks a promise.</summary>
internal sealed class HuntCommandLine
{
    readonly Terminal _terminal;
    readonly CommonOptionSet _common = new();
    readonly Option<string?> _seeds = CommonOptionSet.Text(
        "--seeds", "range", "Which seeds, such as 1..1000, or 1000..1 to go down; 1..1000 when not given");
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
        var word = DesignWord.Create(
            "A design (see below), an assembly of your own, or a scenario as YAML");
        command.Add(word);
        foreach (var option in new Option[] { hunt._seeds, hunt._keepGoing, hunt._hashes, hunt._workers,
            hunt._json })
            command.Add(option);
        hunt._worlds.AddTo(command);
        hunt._common.AddTo(command, withSeed: false);
        foreach (var entry in entries)
            command.Add(hunt.OfDesign(entry));
        command.SetAction(parsed =>
        {
            var request = DesignWord.Read(parsed.GetValue(word), designs, hunt._common, parsed);
            return hunt.Execute(request, parsed);
        });
        Examples.Of(command, "steelyard hunt register --replication quorum --seeds 1..10000",
            "steelyard hunt bank --faults all --seeds 1..1000 --keep-going");
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
        Examples.Of(command, $"steelyard hunt {entry.Assembly ?? entry.Word} --faults all --seeds 1..1000");
        return command;
    }

    int Execute(RunRequest request, ParseResult parsed)
    {
        request.MustFit();
        using var interruption = new Interruption();
        using var status = new StatusLine(_terminal);
        var hunt = new HuntRequest(
            _worlds.Creator(request, parsed), request,
            SeedRange.Parse(parsed.GetValue(_seeds) ?? "1..1000"))
        {
            KeepGoing = parsed.GetValue(_keepGoing),
            Judge = !parsed.GetValue(_hashes),
            Workers = Workers(parsed),
            Cancellation = interruption.Token,
            Progress = new ShownProgress(status, request),
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
            _terminal.Json(json => Write(json, hunt, result));
        else if (!hunt.Judge)
            WriteHashes(result);
        else
            Write(hunt, result, elapsed);
        if (!hunt.Judge && !result.IsPartial)
            return ExitCodes.Held;
        return result.IsPartial
            ? ExitCodes.Interrupted
            : ExitCodes.Of(Worst(result));
    }

    void WriteHashes(HuntResult result)
    {
        foreach (var seed in result.Seeds)
            _terminal.Line($"{seed.Seed,-12} history {ResultJson.Hash(seed.HistoryHash)}"
                + $"  schedule {ResultJson.Hash(seed.ScheduleHash)}");
    }

    static Validity Worst(HuntResult result) => result.FirstInvalid is not null
        ? Validity.Invalid
        : result.Seeds.Any(seed => seed.Validity == Validity.Unknown) ? Validity.Unknown : Validity.Valid;

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

    void Write(HuntRequest hunt, HuntResult result, TimeSpan elapsed)
    {
        var rate = result.Seeds.Count / Math.Max(elapsed.TotalSeconds, 0.001);
        if (result.IsPartial)
            _terminal.Line("PARTIAL: stopped before the end.");
        var invalid = result.Seeds.Count(seed => seed.Validity == Validity.Invalid);
        var unknown = result.Seeds.Count(seed => seed.Validity == Validity.Unknown);
        _terminal.Line(
            $"{hunt.Run.Design.Name}: {result.Seeds.Count:N0} of {hunt.Seeds.Count:N0} seeds tried "
            + $"({hunt.Seeds}), {rate:N0} a second, "
            + $"{invalid:N0} invalid, {unknown:N0} undecided.");
        if (result.FirstInvalid is not { } first)
        {
            _terminal.Line(
                unknown > 0 ? "No promise was broken, but some were not decided." : "Every promise held.");
            return;
        }

        _terminal.Line(
            $"The first that broke a promise is seed {first.Seed}: {first.Checker}: {first.Summary}");
        var repeat = RunCommand.Of(hunt.Run.With(first.Seed).Spec);
        _terminal.Line($"  repeat: {_terminal.Named(repeat)}");
    }

    static void Write(Utf8JsonWriter json, HuntRequest hunt, HuntResult result)
    {
        json.WriteStartObject();
        json.WriteString("version", ResultJson.Version);
        json.WriteString("design", hunt.Run.Design.Name);
        json.WriteString("range", hunt.Seeds.ToString());
        json.WriteBoolean("partial", result.IsPartial);
        json.WriteString("validity", Worst(result).ToString());
        json.WriteNumber("tried", result.Seeds.Count);
        json.WriteNumber("invalid", result.Seeds.Count(seed => seed.Validity == Validity.Invalid));
        json.WriteNumber("unknown", result.Seeds.Count(seed => seed.Validity == Validity.Unknown));
        if (result.FirstInvalid is { } first)
        {
            json.WriteString("firstInvalid", first.Seed.ToString());
            json.WriteString(
                "repeat", RunCommand.Of(hunt.Run.With(first.Seed).Spec));
        }

        json.WriteStartArray("seeds");
        foreach (var seed in result.Seeds)
            Write(json, seed);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, HuntedSeed seed)
    {
        json.WriteStartObject();
        json.WriteString("seed", seed.Seed.ToString());
        json.WriteString("historyHash", ResultJson.Hash(seed.HistoryHash));
        json.WriteString("scheduleHash", ResultJson.Hash(seed.ScheduleHash));
        json.WriteNumber("operations", seed.Operations);
        json.WriteString("validity", seed.Validity.ToString());
        if (seed.Checker is not null)
        {
            json.WriteString("checker", seed.Checker);
            json.WriteString("summary", seed.Summary);
        }

        json.WriteEndObject();
    }

    sealed class ShownProgress(StatusLine status, RunRequest request) : IProgress<HuntProgress>
    {
        public void Report(HuntProgress value) =>
            status.Show(
            elapsed =>
            $"{request.Design.Name}: {value.Tried:N0} of {value.Total:N0} seeds, "
                + $"{value.Tried / elapsed.TotalSeconds:N0} a second, "
            + $"{value.Invalid:N0} invalid, "
            + $"{StatusLine.TimeLeft(elapsed, (double)value.Tried / value.Total)}");
    }
}
