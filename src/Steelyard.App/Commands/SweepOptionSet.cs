using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories;
using Steelyard.Hunts;
using Steelyard.Runs;
using Steelyard.Sweeps;

namespace Steelyard.App.Commands;

/// <summary>What a sweep varies, wants and repeats.</summary>
internal sealed class SweepOptionSet
{
    const int MostSeeds = 10_000;

    readonly Option<string[]> _vary = Several(
        "--vary", "name=values",
        "An option and its values: a list (a,b,c), a range (1..8), with a step (1..10:3) or doubling"
        + " (1..64:x2); again for another option");
    readonly Option<string[]> _objective = Several(
        "--objective", "which:min|max",
        "What is wanted: a measurement of the run, such as p99:min or availability:max; again for another");
    readonly Option<string?> _seeds = CommonOptionSet.Text(
        "--seeds", "range", "The seeds of every point; 1..3 when not given");
    readonly Option<string?> _precision = PrecisionOption.Create(
        "Repeat each point with more seeds, for its objectives");
    readonly Option<string?> _mostSeeds = CommonOptionSet.Text(
        "--most-seeds", "count", "With --precision: give up after so many seeds a point; 30 when not given");
    readonly Option<string?> _workers = CommonOptionSet.Text(
        "--workers", "count", "Runs at once; one on each core when not given, of real engines one");
    readonly Option<string?> _out = CommonOptionSet.Text(
        "--out", "folder", "Where the sweep's files go; a folder below sweeps when not given");
    readonly Option<string?> _reports = CommonOptionSet.Text(
        "--reports", "which",
        "Points that a run is written whole of: frontier (and those that broke a promise), all, none;"
        + " frontier when not given, of real engines always none");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
            { _vary, _objective, _seeds, _precision, _mostSeeds, _workers, _out, _reports })
            command.Add(option);
    }

    /// <summary>What was asked; where it runs is for others to say.</summary>
    /// <exception cref="UserMistakeException">Something of it is wrong.</exception>
    public SweepRequest Read(RunRequest what, ParseResult parsed)
    {
        var objectives = (parsed.GetValue(_objective) ?? []).Select(Objective.Parse).ToList();
        if (objectives.Count == 0)
            throw new UserMistakeException(
                "expected --objective which:min or which:max, such as p99:min or availability:max, found"
                + " none");
        if (objectives.GroupBy(one => one.Id, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)
            is { } twice)
            throw new UserMistakeException(
                $"--objective {twice.Key}: expected each once, found it {twice.Count()} times");
        return new(
            what, [.. (parsed.GetValue(_vary) ?? []).Select(Variation.Parse)], objectives, Plan(parsed))
        {
            WorldFor = _ => throw new InvalidOperationException("nobody said where it runs"),
            // Engines that run at the same time would measure one another.
            Workers = Count(parsed, _workers, 1, 1024) ?? (what.Spec.IsLive ? 1 : Environment.ProcessorCount),
        };
    }

    /// <summary>The folder that was given, or null.</summary>
    public string? Out(ParseResult parsed) => parsed.GetValue(_out);

    /// <summary>Points that a run is written whole of.</summary>
    /// <exception cref="UserMistakeException">It is no such word.</exception>
    public ReportedPoints Reports(ParseResult parsed) => parsed.GetValue(_reports) switch
    {
        null or "frontier" => ReportedPoints.Frontier,
        "all" => ReportedPoints.All,
        "none" => ReportedPoints.None,
        var word => throw new UserMistakeException(
            $"--reports: expected frontier, all or none, found \"{word}\""),
    };

    SeedPlan Plan(ParseResult parsed)
    {
        var seeds = parsed.GetValue(_seeds);
        if (PrecisionOption.Read(parsed, _precision) is not { } share)
        {
            if (parsed.GetValue(_mostSeeds) is not null)
                throw new UserMistakeException("--most-seeds: expected --precision with it, found none");
            var range = seeds is null ? (SeedRange?)null : SeedRange.Parse(seeds);
            return range is { Count: > MostSeeds }
                ? throw new UserMistakeException(
                    $"--seeds: expected at most {MostSeeds:N0} seeds a point, found {range.Value.Count:N0}")
                : SeedPlan.Fixed(range);
        }

        if (seeds is not null)
            throw new UserMistakeException(
                "--precision: expected it or --seeds, found both: it takes seeds from 1 on, as many as it"
                + " needs");
        var most = Count(parsed, _mostSeeds, 2, MostSeeds) ?? PrecisionRule.UsualMost;
        return SeedPlan.Until(new(share, Math.Min(PrecisionRule.UsualLeast, most), most));
    }

    static int? Count(ParseResult parsed, Option<string?> option, int least, int most)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least && count <= most
            ? count
            : throw new UserMistakeException(
                $"{option.Name}: expected a whole number from {least} to {most}, found \"{text}\"");
    }

    static Option<string[]> Several(string name, string valueName, string description) => new(name)
    {
        Description = description,
        HelpName = valueName,
        Recursive = true,
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };
}
