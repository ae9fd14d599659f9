using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.BlackFriday;

/// <summary>A shop to which ten times as many come within minutes.</summary>
internal sealed class BlackFridayDesign : ArchitectureSystem
{
    const string Scheduled = "scheduled";
    const string Reactive = "reactive";
    const string Steps = "steps";
    const string Predictive = "predictive";
    const string Fixed = "fixed";

    // Two workers of 400 ms: an instance does 5 a second, and 3 at its target.
    const double QuietPerSecond = 30;
    const int QuietInstances = 10;
    const int Times = 10;

    static readonly TimeSpan s_opens = TimeSpan.FromMinutes(5);
    static readonly TimeSpan s_closes = TimeSpan.FromMinutes(15);
    static readonly TimeSpan s_falls = TimeSpan.FromMinutes(1);
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public override string Name => "black-friday";

    /// <inheritdoc/>
    public override string Summary =>
        "a shop to which ten times as many come within minutes: react, foresee, or have it in the calendar";

    /// <inheritdoc/>
    public override string Story =>
        "Thirty shoppers a second come to ten instances, and five minutes later ten times as many; an"
        + " instance takes a minute to start. Who has the day in the calendar, with a hundred instances"
        + " from minute 3 on, answers 99.98 % within 2 s for 8.64 an hour; a hundred all the time cost"
        + " 10.0. Kubernetes' autoscaler alone answers 66.1 % for 5.71: it may double every 15 s, from 10"
        + " to 100 in four steps, but of workers that are all busy against a target of 60 % it asks for two"
        + " thirds more, whatever is missing, and looks again when those have started. By requests"
        + " (--policy hpa:metric=requests) it answers 93.9 %. Two more above 70 % (steps) answer 11.7 %,"
        + " for those that warm up count as if they served. A forecast made of quiet minutes answers 86.9"
        + " %: it does not know a day like no other. Twenty instances that wait and come within 2 s"
        + " (--scaling reactive --warm-pool 20) answer 99.98 % for 8.43. Are all shoppers there within 15 s"
        + " (--ramp 15s), they do not: 83.1 %, and eighty no better than 87.0 %, for who asks for them does"
        + " not see how many are missing; who sees what waits (--policy kpa, eighty waiting) answers 99.8 %"
        + " for 14.4.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--scaling reactive", "instances come when most shoppers have left"),
        new("--scaling reactive --warm-pool 20", "instances that wait are there at once"),
        new("--policy kpa", "a policy that sees what waits"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        .. ScalingOption.Of(Scheduled, Reactive, Steps, Predictive, Fixed),
        Time("ramp", "5m", "How long it takes until ten times as many come"),
        Time("start-up", "60s", "How long an instance takes to start"),
        Count("warm-pool", 0, "Instances that have started and wait to be used", least: 0),
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options) => new(Name,
    [
        new ClientsPart("shoppers")
        {
            Rate = QuietPerSecond, Shape = Sale(options.Duration("ramp")),
            Calls = [new("shop") { Timeout = s_limit, Balance = Balancing.TwoChoices }],
        },
        new ServicePart("shop")
        {
            Workers = 2, Time = TakesTime.LogNormal(0.5, TimeSpan.FromMilliseconds(400)), DropExpired = true,
            Instances = options.Choice("scaling") == Fixed ? QuietInstances * Times : QuietInstances,
            Scale = ScalingOption.Chosen(options, Policy), ScaleMin = QuietInstances, ScaleMax = 120,
            StartUp = options.Duration("start-up"), WarmPool = options.Count("warm-pool"),
            WarmStartUp = TimeSpan.FromSeconds(2), Price = 0.1,
        },
    ])
    {
        Summary = "ten times as many within "
            + FormattableString.Invariant($"{options.Duration("ramp").TotalMinutes:0.##} minutes")
            + $"; scaling: {ScalingOption.Word(options)}",
        Slo = s_limit,
        Duration = TimeSpan.FromMinutes(20),
        Limits = [MeasuredLimit.Parse("availability > 99%"), MeasuredLimit.Parse("latency-p99 < 2s")],
    };

    static string Policy(string scaling) => scaling switch
    {
        Reactive => "hpa",
        Steps => "aws-step",
        Predictive => "predictive:season=1m:part=15s",
        Fixed => "fixed:replicas=100",
        _ => "scheduled:at=10@0h+100@3m+10@16m:with=hpa",
    };

    static RateShape Sale(TimeSpan ramp)
    {
        const int steps = 60;
        return new()
        {
            Word = RateShape.Trace, RecordedWords = $"then × {Times}",
            Recorded =
            [
                (TimeSpan.Zero, 1),
                .. Enumerable.Range(1, steps).Select(step =>
                    (s_opens + (ramp * step / steps), 1 + ((Times - 1.0) * step / steps))),
                .. Enumerable.Range(1, steps).Select(step =>
                    (s_closes + (s_falls * step / steps), Times - ((Times - 1.0) * step / steps))),
            ],
        };
    }
}
