using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.RideSurge;

/// <summary>Rides in three regions around the earth, and a surge in one of them.</summary>
internal sealed class RideSurgeDesign : ArchitectureSystem
{
    const string Regional = "regional";
    const string Global = "global";
    const string Home = "europe";

    // An instance matches a rider a second, one after the other.
    const double MeanPerSecond = 2;
    const double Swing = 0.8;

    // A concert ends in europe: at 20 hours of 24, for two thirds of an hour.
    const double SurgeAt = 20 / 24.0;
    const double SurgeFor = 1 / 36.0;

    // The curve of a day in steps.
    const int Steps = 288;

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    // What is elsewhere goes there and back under the sea.
    static readonly TimeSpan s_sea = TimeSpan.FromMilliseconds(150);

    // Noon comes to each eight hours after the one before.
    static readonly string[] s_regions = ["asia", Home, "americas"];

    /// <inheritdoc/>
    public override string Name => "ride-surge";

    /// <inheritdoc/>
    public override string Summary =>
        "rides in three regions and a surge in one: a group of instances in each, or one for all";

    /// <inheritdoc/>
    public override string Story =>
        "Riders in three regions, most of them in the evening, which comes to one region eight hours"
        + " after the other; a concert ends in one, and four times as many ask there at once. Instances"
        + " start in two minutes. One group for all has 12.8 instances on average and answers 99.46 %"
        + " within 4 s; a group in each region has 15.2 in all (--groups regional) and answers 99.03 %."
        + " Where the sun sets in one region it rises in another, so that one group hardly changes, at less"
        + " than half the regions' swing each; small groups are idler for the same waiting; and a surge of"
        + " one region is less of a surge to all. For 99.38 % in each region workers may be busy for 45 %"
        + " of the time, and 19.7 instances are paid. What one group costs is the way: two regions of three"
        + " are 150 ms away, and the median is 1,003 ms in place of 919, and what befalls the group befalls"
        + " all of them. Without the surge both keep 99.88 %.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--groups regional", "each region meets its evening and the surge alone"),
        new("--groups regional --busy 45", "what the same service costs in each region"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        DesignOption.Choice(
            "groups", "Instances in each region, or one group for all of them", Global, Regional),
        .. ScalingOption.Of("reactive", "fixed"),
        Count("surge", 4, "How many times as many ask in europe at 20 hours of 24"),
        Time("day", "12h", "How long a day is; the sun takes 24h"),
        Time("start-up", "2m", "How long an instance takes to start"),
        Count("busy", 60, "How busy workers should be, in percent") with { Maximum = 100 },
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        var isGlobal = options.Choice("groups") == Global;
        return new(
            Name,
            [.. isGlobal ? OneForAll(options) : s_regions.SelectMany(region => OneIn(region, options))])
        {
            Summary = isGlobal ? "one group of instances, in europe, for all regions"
                : "a group of instances in each region",
            Slo = s_limit,
            Duration = options.Duration("day"),
            Limits = [MeasuredLimit.Parse("availability > 99.3%")],
        };
    }

    static IEnumerable<Part> OneForAll(DesignOptions options)
    {
        yield return Matching("matching", options, least: 6, most: 40, start: 10);
        // Who chooses the instance must know what all of them are at.
        yield return new LoadBalancerPart("door") { Calls = [ToIdlest("matching")] };
        foreach (var region in s_regions)
        {
            if (region != Home)
                yield return new LoadBalancerPart($"{region}-sea")
                {
                    Time = TakesTime.Always(s_sea), Calls = [new("door") { Deadline = true }],
                };
            yield return Riders(region, new(region == Home ? "door" : $"{region}-sea"), options);
        }
    }

    static IEnumerable<Part> OneIn(string region, DesignOptions options)
    {
        yield return Matching($"{region}-matching", options, least: 2, most: 40, start: 5);
        yield return Riders(region, ToIdlest($"{region}-matching"), options);
    }

    static ServicePart Matching(
        string name, DesignOptions options, int least, int most, int start) => new(name)
    {
        Workers = 1, Time = TakesTime.LogNormal(0.5, TimeSpan.FromSeconds(1)), DropExpired = true,
        Instances = start, Scale = ScalingOption.Chosen(options, Policy), ScaleMin = least, ScaleMax = most,
        ScaleTarget = options.Count("busy") / 100.0, StartUp = options.Duration("start-up"), Price = 0.1,
    };

    static ClientsPart Riders(string region, Edge asks, DesignOptions options) => new(region)
    {
        Rate = MeanPerSecond, Calls = [asks with { Timeout = s_limit }],
        Shape = new()
        {
            Word = RateShape.Trace, RecordedWords = "in the mean of a day",
            Recorded =
            [
                .. Enumerable.Range(0, Steps).Select(step => (double)step / Steps).Select(share => (
                    options.Duration("day") * share, Sun(region, share) * Surge(region, share, options))),
            ],
        },
    };

    static Edge ToIdlest(string called) => new(called) { Balance = Balancing.LeastOpen, Deadline = true };

    static string Policy(string scaling) => scaling == "fixed" ? "fixed" : "hpa";

    // Most ride in the evening: in asia at 11 of 24 hours, in europe at 19, in the americas at 3.
    static double Sun(string region, double share)
    {
        var evening = (11 / 24.0) + ((double)s_regions.IndexOf(region) / s_regions.Length);
        return 1 + (Swing * Math.Cos(2 * Math.PI * (share - evening)));
    }

    static double Surge(string region, double share, DesignOptions options) =>
        region == Home && share >= SurgeAt && share < SurgeAt + SurgeFor ? options.Count("surge") : 1;
}
