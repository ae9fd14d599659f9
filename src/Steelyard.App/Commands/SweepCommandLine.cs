using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Report;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Sweeps;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard sweep</c>: many runs, one frontier.</summary>
internal sealed class SweepCommandLine
{
    readonly Terminal _terminal;
    readonly CommonOptionSet _common = new(isOfEngines: true);
    readonly SweepOptionSet _sweep = new();
    readonly Option<bool> _json = new("--json")
    {
        Description = "Print the points as JSON",
        Recursive = true,
    };
    readonly Option<bool> _csv = new("--csv")
    {
        Description = "Print the points as CSV",
        Recursive = true,
    };

    SweepCommandLine(Terminal terminal) => _terminal = terminal;

    public static Command Create(
        DesignCatalogue designs, IReadOnlyList<DesignEntry> entries, Terminal terminal)
    {
        var sweep = new SweepCommandLine(terminal);
        var command = new Command(
            "sweep", "Run a design with many settings and seeds; find those that no other dominates");
        var word = DesignWord.Create();
        command.Add(word);
        new AppOptionSet().AddTo(command);
        sweep._sweep.AddTo(command);
        command.Add(sweep._json);
        command.Add(sweep._csv);
        sweep._common.AddTo(command, withSeed: false);
        foreach (var entry in entries)
            command.Add(sweep.OfDesign(entry));
        command.Add(sweep.OfEngines(designs));
        command.SetAction(parsed => sweep.Execute(
            DesignWord.Read(parsed.GetValue(word), designs, sweep._common, parsed), parsed));
        Examples.Of(
            command,
            "steelyard sweep register --vary replication=raft,quorum,primary-backup-async"
                + " --objective availability-minority:max --objective p99:min",
            "steelyard sweep bank --vary rate=50..400:50 --vary replication=raft,async --objective p99:min"
                + " --precision 5%");
        return command;
    }

    Command OfEngines(DesignCatalogue designs)
    {
        var command = new Command("live", "A real engine with many settings, one run after the other");
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
        Examples.Of(
            command, $"steelyard sweep {entry.Assembly ?? design.Name} --vary {ExampleOf(design)}"
                + " --objective p99:min --objective availability:max");
        return command;
    }

    static string ExampleOf(IDesign design) =>
        design.Options.FirstOrDefault(option => option.Choices.Count > 1) is { } option
            ? $"{option.Name}={string.Join(',', option.Choices.Take(3))}"
            : "rate=10,20,40";

    int Execute(RunRequest what, ParseResult parsed)
    {
        using var interruption = new Interruption();
        using var status = new StatusLine(_terminal);
        var progress = new SweepLine(status, what);
        var request = _sweep.Read(what, parsed) with
        {
            WorldFor = SweepWorlds.Of(WorkerCommand.OfThisProcess()),
            Cancellation = interruption.Token,
            Progress = progress,
        };
        // What a run of an engine showed does not come again.
        var which = what.Spec.IsLive ? ReportedPoints.None : _sweep.Reports(parsed);
        var points = SweepPoints.Of(what, request.Variations);
        var folder = SweepFolder.Make(_sweep.Out(parsed), request);
        interruption.LastWords = () => _terminal.Error($"steelyard: interrupted; {progress.Told}");
        SweepResult result;
        using (var store = SweepStore.Open(folder.Runs, SweepIdentity.Of(request)))
            result = Sweep.Execute(request, points, store);
        var elapsed = status.Elapsed;
        status.Show(_ => $"{what.Design.Name}: writing the runs that points open");
        var reports = PointReports.Write(folder, result, which);
        folder.Write(result, reports, [new RepeatCommand("The same sweep; what is done stays done",
            SweepCommand.Of(result))]);
        status.Dispose();
        Tell(parsed, result, folder, elapsed);
        return CodeOf(result);
    }

    void Tell(ParseResult parsed, SweepResult result, SweepFolder folder, TimeSpan elapsed)
    {
        if (parsed.GetValue(_json))
            _terminal.Json(json => SweepJson.Write(json, result, NoReports));
        else if (parsed.GetValue(_csv))
            _terminal.Output.Write(SweepCsv.Of(result));
        else
            new SweepLines(_terminal, result, folder).Write(elapsed);
        if (result.FirstThrown is { } thrown)
            _terminal.Error(ToldOf(result, thrown));
    }

    string ToldOf(SweepResult result, SweptRun thrown)
    {
        var point = result.Points.First(one => one.Point.Name == thrown.Point).Point;
        var repeat = _terminal.Named(RunCommand.Of(point.Run.With(thrown.Seed).Spec));
        return (thrown.IsOfTheUser ? $"steelyard: {result.Request.What.Design.Name} failed"
                : $"steelyard: a bug of Steelyard's, version {ResultJson.Version}")
            + $": {CommandLine.OneLine(thrown.Told!)}; repeat: {repeat}";
    }

    static Dictionary<string, string> NoReports { get; } = new(StringComparer.Ordinal);

    // As of a hunt: what is certain outranks what was not found out.
    static int CodeOf(SweepResult result)
    {
        if (result.Points.Any(point => point.Validity == Validity.Invalid))
            return ExitCodes.Broken;
        if (result.FirstThrown is { } thrown)
            return thrown.IsOfTheUser ? ExitCodes.Broken : ExitCodes.OurBug;
        return result.IsPartial ? ExitCodes.Interrupted : ExitCodes.Of(result.Validity);
    }

    sealed class SweepLine(StatusLine status, RunRequest what) : IProgress<SweepProgress>
    {
        SweepProgress _last;

        /// <summary>How far it is, in words.</summary>
        public string Told => _last.Total == 0 ? "nothing was run"
            : $"{_last.Done:N0} of {_last.Total:N0} runs are done and kept; the same command goes on";

        public void Report(SweepProgress value)
        {
            _last = value;
            var (own, left) = (value.Done - value.Before, value.Total - value.Before);
            status.Show(elapsed =>
                $"{what.Design.Name}: {value.Done:N0} of {value.Total:N0} runs, "
                + $"{own / elapsed.TotalSeconds:0.#} a second, {value.Broken:N0} broke a promise, "
                + StatusLine.TimeLeft(elapsed, (double)own / Math.Max(1, left)));
        }
    }
}
