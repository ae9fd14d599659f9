using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Specs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>The report of a run.</summary>
internal static class RunReport
{
    public static ReportData Of(RunResult run, IReadOnlyList<RepeatCommand> commands, RunTrace? trace)
    {
        var history = run.World.History;
        var scenes = ExcerptScene.Of(history, run.Verdicts);
        // A class of the user's is called by its last word.
        var name = run.Spec.IsOfServices ? ServicesScenarios.LastWord(run.Design.Name) : run.Design.Name;
        return new()
        {
            Title = name,
            Summary = run.Scenario.Summary,
            Headline = PlainWords.Headline(PlainWords.Capitalized(name), run.Verdicts),
            Trade = [.. Trade.Of(run.Measures), .. run.Notes, .. LeftOut(run), .. Bottleneck(run)],
            Partial = run.World.IsPartial,
            Story = run.Spec.IsOfServices ? ServicesStory.Of(run.Scenario) : run.Design.Story,
            StoryHasFigures = !run.Spec.IsOfServices,
            Facts = Facts(run),
            Promises = ReportParts.Promises(history, run.Verdicts, scenes),
            Faults = [.. MeasuredParts.Faults(run.Measures), .. ArchitectureParts.Pushes(run)],
            Architecture = ArchitectureParts.Of(run),
            Timeline = MeasuredParts.Timeline(run.Measures),
            Progress = MeasuredParts.Progress(run.Measures, run.Scenario.Load.Duration),
            Cuts = MeasuredParts.Cuts(run.Measures),
            Curves = MeasuredParts.Curves(run.Measures),
            Excerpts = SpaceTimeExcerpt.OfRun(run, scenes, trace),
            Measurements = MeasuredParts.Table(run.Measures),
            Options = Options(run),
            Commands = commands,
            Version = ReportParts.Version,
        };
    }

    // What is next stands with the graph.
    static IEnumerable<string> Bottleneck(RunResult run) =>
        ArchitectureParts.AccountOf(run) is { EndNs: > 0 } account
            ? [string.Join(". ", account.Bottleneck.Headline)] : [];

    // Where nothing was promised of a history, none is missed.
    static IEnumerable<string> LeftOut(RunResult run) =>
        run.Counted is null || run.Scenario.Promises.Expectations.Count == 0 ? []
        :
        [
            PlainWords.Capitalized(RunResult.CountedOnly)
                + ": promises, the sides of a cut, recovery and staleness cannot be told.",
        ];

    static IReadOnlyList<FactData> Facts(RunResult run) => ArchitectureParts.AccountOf(run) is { } account
        ? [.. ArchitectureParts.Facts(account), .. HowRun(run)]
        :
        [
            new("operations", ReportParts.Count(run.Operations)),
            new("duration", Durations.Format(run.Scenario.Load.Duration)),
            new("servers", $"{run.Scenario.Cluster.Nodes.Count}"),
            new("clients", ReportParts.Count(run.Scenario.Load.Clients)),
            .. HowRun(run),
        ];

    static IEnumerable<FactData> HowRun(RunResult run)
    {
        yield return new("faults", run.FaultsName);
        yield return new("seed", run.Seed.ToString());
        if (run.World.History.Count > 0 || run.Counted is null)
            yield return new("history", $"{run.World.History.Hash:x16}");
        if (run.Scenario.Deployment.IsReplayable)
            yield return new("schedule", $"{run.World.ScheduleHash:x16}");
        else
            yield return new("world", "live, not replayable");
    }

    static IReadOnlyList<OptionData> Options(RunResult run)
    {
        var common = run.Options.Common;
        // Of an architecture parts have numbers, rates and users of their own.
        IEnumerable<OptionData> ofAll = ArchitectureParts.AccountOf(run) is not null ? [] :
        [
            new("nodes", $"{run.Scenario.Cluster.Nodes.Count}", common.Nodes is not null),
            new("clients", $"{run.Scenario.Load.Clients}", common.Clients is not null),
            new("rate", FormattableString.Invariant($"{run.Scenario.Load.RatePerSecond}/s"),
                common.RatePerSecond is not null),
        ];
        return
        [
            .. ofAll,
            new("duration", Durations.Format(run.Scenario.Load.Duration), common.Duration is not null),
            new("slo", Durations.Format(run.Measures.Availability.Limit), common.Slo is not null),
            .. run.Options.Values.Select(o => new OptionData(o.Key, o.Value, run.Options.Given(o.Key))),
        ];
    }
}
