using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>The report of a run.</summary>
internal static class RunReport
{
    public static ReportData Of(RunResult run, IReadOnlyList<RepeatCommand> commands, RunTrace? trace)
    {
        var history = run.World.History;
        var scenes = ExcerptScene.Of(history, run.Verdicts);
        return new()
        {
            Title = run.Design.Name,
            Summary = run.Scenario.Summary,
            Headline = PlainWords.Headline(PlainWords.Capitalized(run.Design.Name), run.Verdicts),
            Trade = [.. Trade.Of(run.Measures), .. run.Notes, .. LeftOut(run)],
            Partial = run.World.IsPartial,
            Story = run.Design.Story,
            Facts = Facts(run),
            Promises = ReportParts.Promises(history, run.Verdicts, scenes),
            Faults = MeasuredParts.Faults(run.Measures),
            Timeline = MeasuredParts.Timeline(run.Measures),
            Cuts = MeasuredParts.Cuts(run.Measures),
            Curves = MeasuredParts.Curves(run.Measures),
            Excerpts = SpaceTimeExcerpt.OfRun(run, scenes, trace),
            Measurements = MeasuredParts.Table(run.Measures),
            Options = Options(run),
            Commands = commands,
            Version = ReportParts.Version,
        };
    }

    static IEnumerable<string> LeftOut(RunResult run) => run.Counted is null ? []
        :
        [
            PlainWords.Capitalized(RunResult.CountedOnly)
                + ": promises, the sides of a cut, recovery and staleness cannot be told.",
        ];

    static IReadOnlyList<FactData> Facts(RunResult run) =>
    [
        new("operations", ReportParts.Count(run.Operations)),
        new("duration", Durations.Format(run.Scenario.Load.Duration)),
        new("servers", $"{run.Scenario.Cluster.Nodes.Count}"),
        new("clients", ReportParts.Count(run.Scenario.Load.Clients)),
        new("faults", run.FaultsName),
        new("seed", run.Seed.ToString()),
        new("history", $"{run.World.History.Hash:x16}"),
        new("schedule", $"{run.World.ScheduleHash:x16}"),
    ];

    static IReadOnlyList<OptionData> Options(RunResult run)
    {
        var common = run.Options.Common;
        return
        [
            new("nodes", $"{run.Scenario.Cluster.Nodes.Count}", common.Nodes is not null),
            new("clients", $"{run.Scenario.Load.Clients}", common.Clients is not null),
            new("rate", FormattableString.Invariant($"{run.Scenario.Load.RatePerSecond}/s"),
                common.RatePerSecond is not null),
            new("duration", Durations.Format(run.Scenario.Load.Duration), common.Duration is not null),
            new("slo", Durations.Format(run.Measures.Availability.Limit), common.Slo is not null),
            .. run.Options.Values.Select(o => new OptionData(o.Key, o.Value, run.Options.Given(o.Key))),
        ];
    }
}
