using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Comparisons;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Sweeps;
using Steelyard.Workers;

namespace Steelyard.App.Commands;

/// <summary><c>run</c> over several seeds: against a variant of it, or to see how often it comes back after a
/// push.</summary>
internal sealed class SeededRunOptionSet(Terminal terminal)
{
    const int MostSeeds = 10_000;

    readonly Option<string[]> _against = new("--against")
    {
        Description = "Compare with the same run under another option, such as rate=20, over the same seeds;"
            + " again for another option of that variant",
        HelpName = "name=value",
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    readonly Option<string?> _seeds = CommonOptionSet.Text(
        "--seeds", "range",
        "With --against, the seeds of both, 1..20 when not given; with --kick, how many of these recover");

    public void AddTo(Command command)
    {
        command.Add(_against);
        command.Add(_seeds);
    }

    /// <summary>Whether anything of it was asked for.</summary>
    public bool IsAsked(ParseResult parsed) =>
        Against(parsed).Count > 0 || parsed.GetValue(_seeds) is not null;

    /// <summary>Runs, compares and tells.</summary>
    /// <param name="request">What is run, with any seed.</param>
    /// <param name="parsed">What was asked.</param>
    /// <param name="asJson">Whether it is told for machines.</param>
    /// <param name="ofOneRun">Options that say something of one run, and do not go with several.</param>
    public int Execute(
        RunRequest request, ParseResult parsed, bool asJson, IEnumerable<Option> ofOneRun)
    {
        var several = Against(parsed).Count > 0 ? _against.Name : _seeds.Name;
        if (ofOneRun.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone)
            throw new UserMistakeException(
                $"{alone.Name}: expected one run, found {several}, which makes several");
        request.MustFit();
        var seeds = Seeds(parsed);
        var variant = Against(parsed) is { Count: > 0 } settings ? Variant.Of(request, settings) : null;
        using var interruption = new Interruption();
        using var status = new StatusLine(terminal);
        var runs = new SeededRuns(seeds)
        {
            WorldFor = SweepWorlds.Of(WorkerCommand.OfThisProcess()),
            Cancellation = interruption.Token,
            Progress = new SeedsLine(status, request),
        };
        return variant is null
            ? TellPush(request, PushedSeeds.Of(runs, request), status, asJson)
            : TellPair(ComparedPair.Of(runs, variant, request), Against(parsed), status, asJson);
    }

    int TellPair(ComparedPair pair, IReadOnlyList<string> against, StatusLine status, bool asJson)
    {
        var elapsed = status.Elapsed;
        status.Dispose();
        if (asJson)
            terminal.Json(json => PairJson.Write(json, pair));
        else
            new PairLines(terminal, pair, against).Write(elapsed);
        return Code(pair.Result);
    }

    int TellPush(RunRequest request, PushedSeeds pushed, StatusLine status, bool asJson)
    {
        status.Dispose();
        if (asJson)
            terminal.Json(json => PushJson.Write(json, pushed));
        else
        {
            terminal.Line($"{request.Design.Name}: {pushed.AsItIs.Runs:N0} seeds, pushed");
            foreach (var share in pushed.Shares)
                terminal.Line($"  {share.Sentence}.");
            terminal.Line($"Repeat   {terminal.Named(RunCommand.Seeded(
                request.Spec, [], pushed.AsItIs.Request.Seeds.Seeds))}");
        }

        return Code(pushed.AsItIs);
    }

    // What is certain outranks what was not found out.
    int Code(SweepResult result)
    {
        if (result.FirstThrown is { } thrown)
        {
            var point = result.Points.First(one => one.Point.Name == thrown.Point).Point;
            terminal.Error($"steelyard: {CommandLine.OneLine(thrown.Told!)}; repeat: "
                + terminal.Named(RunCommand.Of(point.Run.With(thrown.Seed).Spec)));
        }

        return result switch
        {
            _ when result.Points.Any(point => point.Validity == Validity.Invalid) => ExitCodes.Broken,
            { FirstThrown.IsOfTheUser: true } => ExitCodes.Broken,
            { FirstThrown: not null } => ExitCodes.OurBug,
            { IsPartial: true } => ExitCodes.Interrupted,
            _ => ExitCodes.Of(result.Validity),
        };
    }

    IReadOnlyList<string> Against(ParseResult parsed) => parsed.GetValue(_against) ?? [];

    SeedRange Seeds(ParseResult parsed)
    {
        if (parsed.GetValue(_seeds) is not { } text)
            return SeededRuns.Usual;
        var seeds = SeedRange.Parse(text);
        return seeds.Count is >= 2 and <= MostSeeds ? seeds : throw new UserMistakeException(
            $"--seeds: expected from 2 to {MostSeeds:N0} seeds, found {seeds.Count:N0}");
    }

    sealed class SeedsLine(StatusLine status, RunRequest what) : IProgress<SweepProgress>
    {
        public void Report(SweepProgress value) => status.Show(elapsed =>
            $"{what.Design.Name}: {value.Done:N0} of {value.Total:N0} runs, "
            + StatusLine.TimeLeft(elapsed, (double)value.Done / Math.Max(1, value.Total)));
    }
}
