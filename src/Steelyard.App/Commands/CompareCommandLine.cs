using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Comparisons;
using Steelyard.Comparisons.Variants;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Sweeps;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard compare</c>: variants of a design over the same seeds and faults, side by
/// side.</summary>
internal sealed class CompareCommandLine
{
    const int MostSeeds = 10_000;
    const string Page = "compare.html";

    readonly Terminal _terminal;
    readonly CommonOptionSet _common = new();
    readonly Option<string?> _seeds = CommonOptionSet.Text(
        "--seeds", "range", "The seeds of every variant, such as 1..200; 1..20 when not given");
    readonly Option<string?> _out = CommonOptionSet.Text(
        "--out", "folder",
        "Where the page and the runs that it opens go; runs/compare-<design> when not given");
    readonly Option<bool> _json = new("--json")
    {
        Description = "Print the comparison as JSON",
        Recursive = true,
    };
    readonly Option<bool> _open = new("--open")
    {
        Description = "Open the page in the browser",
        Recursive = true,
    };

    CompareCommandLine(Terminal terminal) => _terminal = terminal;

    public static Command Create(IReadOnlyList<DesignEntry> entries, Terminal terminal)
    {
        var compare = new CompareCommandLine(terminal);
        var command = new Command(
            "compare", "Run variants of a design over the same seeds and faults, and show them side by side");
        foreach (var option in new Option[] { compare._seeds, compare._out, compare._json, compare._open })
            command.Add(option);
        new AppOptionSet().AddTo(command);
        compare._common.AddTo(command, withSeed: false);
        foreach (var entry in entries)
            command.Add(compare.OfDesign(entry));
        command.SetAction(NothingAsked);
        Examples.Of(
            command, "steelyard compare bank --replication raft,write-all,async",
            "steelyard compare register --replication quorum --n 3 --r 1..3 --w 1..3",
            "steelyard compare payments --variant all --faults all --seeds 1..200");
        return command;
    }

    static int NothingAsked(ParseResult parsed) => throw new UserMistakeException(
        "compare: expected a design, found none; 'list' shows them");

    Command OfDesign(DesignEntry entry)
    {
        var design = entry.Design;
        var command = new Command(entry.Word, design.Summary);
        var options = new ComparedOptionSet(design, command);
        command.SetAction(parsed =>
        {
            var (same, compared) = options.Read(parsed);
            var what = RunRequest.Of(
                design, new(design, _common.Read(parsed), same), _common.Faults(parsed) ?? FaultChoice.Story,
                RunSpec.DefaultSeed, entry.Assembly);
            return Execute(what, compared, parsed);
        });
        var choice = design.Options.FirstOrDefault(option => option.Choices.Count > 1);
        Examples.Of(
            command, $"steelyard compare {entry.Assembly ?? design.Name}"
                + (choice is null ? "" : $" --{choice.Name} {string.Join(',', choice.Choices.Take(3))}"));
        return command;
    }

    int Execute(RunRequest what, IReadOnlyList<Variation> compared, ParseResult parsed)
    {
        var points = Points(what, compared);
        var folder = parsed.GetValue(_out) ?? Path.Combine(
            RunFolder.DefaultParent, $"compare-{what.Design.Name.Replace(' ', '-')}");
        AtomicFile.MakeFolder(folder);
        using var interruption = new Interruption();
        using var status = new StatusLine(_terminal);
        var seeds = Seeds(parsed);
        var result = new SeededRuns(seeds)
        {
            WorldFor = SweepWorlds.Of(WorkerCommand.OfThisProcess()),
            Cancellation = interruption.Token,
            Progress = new RunsLine(status, what),
        }.Execute(what, points);
        var comparison = new VariantComparison(result, RunCommand.Compare(what.Spec, compared, seeds));
        if (comparison.Variants.Count == 0)
            throw new UserMistakeException(Thrown(result) ?? "interrupted before anything was run");
        status.Show(_ => $"{what.Design.Name}: writing the runs that cells open");
        var runs = VariantRuns.Write(folder, comparison);
        var page = Path.Combine(folder, Page);
        AtomicFile.Write(page, new VariantPage(comparison, runs).Write);
        status.Dispose();
        Tell(parsed, comparison, page);
        return result.FirstThrown is { IsOfTheUser: false } ? ExitCodes.OurBug
            : result.IsPartial && comparison.Validity != Validity.Invalid ? ExitCodes.Interrupted
            : ExitCodes.Of(comparison.Validity);
    }

    void Tell(ParseResult parsed, VariantComparison comparison, string page)
    {
        if (parsed.GetValue(_json))
            _terminal.Json(json => VariantJson.Write(json, comparison));
        else
            new CompareLines(_terminal, comparison).Write(page);
        if (Thrown(comparison.Result) is { } thrown)
            _terminal.Error($"steelyard: {thrown}");
        if (parsed.GetValue(_open))
            PageOpener.Open(page, _terminal);
    }

    string? Thrown(SweepResult result)
    {
        if (result.FirstThrown is not { } thrown)
            return null;
        var point = result.Points.First(one => one.Point.Name == thrown.Point).Point;
        return $"{point.Name} threw at seed {thrown.Seed}: {CommandLine.OneLine(thrown.Told!)}; repeat: "
            + _terminal.Named(RunCommand.Of(point.Run.With(thrown.Seed).Spec));
    }

    // The words of a sweep, which varies where this compares.
    static SweepPoints Points(RunRequest what, IReadOnlyList<Variation> compared)
    {
        try
        {
            return SweepPoints.Of(what, compared);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException(
                mistake.Message.Replace("--vary ", "--", StringComparison.Ordinal)
                    .Replace("--vary:", "compare:", StringComparison.Ordinal), mistake);
        }
    }

    SeedRange Seeds(ParseResult parsed)
    {
        var seeds = parsed.GetValue(_seeds) is { } text ? SeedRange.Parse(text) : SeededRuns.Usual;
        return seeds.Count <= MostSeeds ? seeds : throw new UserMistakeException(
            $"--seeds: expected at most {MostSeeds:N0} seeds, found {seeds.Count:N0}");
    }

    sealed class RunsLine(StatusLine status, RunRequest what) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => status.Show(elapsed =>
            $"{what.Design.Name}: {value.Done:N0} of {value.Total:N0} runs, "
            + $"{value.Broken:N0} broke a promise, "
            + StatusLine.TimeLeft(elapsed, (double)value.Done / Math.Max(1, value.Total)));
    }
}
