namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>
/// A demand that follows the sun around the earth: regions of equal size, each with the same day at its own
/// time. Either each has instances of its own, or one group serves them all.
/// </summary>
public static class ScaledRegions
{
    /// <summary>What comes from all regions together.</summary>
    /// <param name="demand">The whole demand if all had one day.</param>
    /// <param name="regions">How many regions, at least 1.</param>
    public static DemandTrace Total(DemandTrace demand, int regions) => DemandTrace.Sum(
        demand.Name, [.. Enumerable.Range(0, regions).Select(region => demand.Of(region, regions))]);

    /// <summary>For each policy a run with groups of their own, and one with one group for all.</summary>
    /// <param name="demand">The whole demand if all had one day.</param>
    /// <param name="regions">How many regions, at least 1.</param>
    /// <param name="options">The service; the fewest and the most instances are those of each group.</param>
    /// <param name="policies">The policies, as <see cref="ScalingPolicies.Create"/> reads them.</param>
    public static List<ScaledRun> Compare(
        DemandTrace demand, int regions, ScaledServiceOptions options, IReadOnlyList<string> policies)
    {
        var runs = new List<ScaledRun>();
        foreach (var policy in policies)
        {
            runs.Add(Joined($"{policy} ×{regions}", [.. Enumerable.Range(0, regions).Select(region =>
                Run(demand.Of(region, regions), options, policy))]));
            runs.Add(Run(Total(demand, regions), options, policy) with { Policy = $"{policy} global" });
        }

        return runs;
    }

    static ScaledRun Run(DemandTrace demand, ScaledServiceOptions options, string policy)
    {
        var settings = options.Settings;
        var initial = settings.Within(Math.Ceiling(
            demand.RatesPerSecond[0] / (settings.Target * settings.CapacityPerInstance)));
        return new ScaledService(options with { Settings = settings with { Initial = initial } })
            .Run(demand, policy);
    }

    static ScaledRun Joined(string name, IReadOnlyList<ScaledRun> parts)
    {
        var timeline = Enumerable.Range(0, parts[0].Timeline.Count).Select(at =>
            Joined([.. parts.Select(part => part.Timeline[at])])).ToArray();
        var ready = parts.Sum(part => part.MeanReplicas);
        var forecasts = parts.Where(part => part.ForecastError is not null).ToList();
        return new()
        {
            Policy = name,
            Timeline = timeline,
            Due = parts.Sum(part => part.Due),
            Missed = parts.Sum(part => part.Missed),
            InstanceHours = parts.Sum(part => part.InstanceHours),
            WarmHours = parts.Sum(part => part.WarmHours),
            Cost = parts.Sum(part => part.Cost),
            Thrash = parts.Sum(part => part.Thrash),
            Changes = parts.Sum(part => part.Changes),
            PeakReplicas = timeline.Max(second => second.Replicas),
            MeanReplicas = ready,
            MeanUtilisation = ready > 0
                ? parts.Sum(part => part.MeanUtilisation * part.MeanReplicas) / ready
                : 0,
            LongestQueue = timeline.Max(second => second.Queue),
            ForecastError = forecasts.Count > 0 ? forecasts.Average(part => part.ForecastError) : null,
        };
    }

    static ScaledSecond Joined(ScaledSecond[] parts)
    {
        var ready = parts.Sum(part => part.Ready);
        return new(
            parts[0].Seconds, parts.Sum(part => part.Demand), parts.Sum(part => part.Replicas), ready,
            parts.Sum(part => part.Queue),
            ready > 0 ? parts.Sum(part => part.Utilisation * part.Ready) / ready : 0);
    }
}
