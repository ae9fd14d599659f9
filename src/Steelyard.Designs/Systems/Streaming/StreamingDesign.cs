using Steelyard.Analysis.Policies.Scaling.Services;
using Steelyard.Designs.Architecture;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems.Streaming;

/// <summary>Films, which most people watch in the evening.</summary>
internal sealed class StreamingDesign : ArchitectureSystem
{
    const string Predictive = "predictive";
    const string Reactive = "reactive";
    const string Scheduled = "scheduled";
    const string Fixed = "fixed";

    // A worker sends one piece of film, and that takes as long as it takes to watch it.
    static readonly TimeSpan s_piece = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(12);
    static readonly TimeSpan s_step = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override string Name => "streaming-evening";

    /// <inheritdoc/>
    public override string Summary =>
        "films that most people watch in the evening: instances for the peak, after the rise, or before it";

    /// <inheritdoc/>
    public override string Story =>
        "Three days of films: eight pieces a second at half past eight, next to none at night. An"
        + " instance takes ten minutes to start, and its workers should be 80 % busy. Twenty instances all"
        + " the time cost 2.00 an hour, 1,440 instance-hours, and are a fifth busy. A calendar costs 0.89"
        + " and answers 99.90 % in time; a reaction (hpa) costs 0.67, 480 hours, and answers 99.53 %, less"
        + " than is promised, for the evening rises while instances start. With a forecast beside it (Holt"
        + " and Winters; the first day it learns) it costs 0.68, 493 hours, and answers 99.72 %: three"
        + " percent more money, two fifths fewer misses. So a forecast is not cheaper than a reaction: it"
        + " is in time. Alone it follows each quarter of a minute of the first day, takes away what has not"
        + " started yet, and answers 78.4 %. A reaction without its cooldown of five minutes does the same"
        + " (--scaling reactive --cooldown 0s): it turns 1,608 times in place of 92 and answers 59.7 %."
        + " Room does what a forecast does, and costs more: at 70 % busy a reaction answers 99.94 % for"
        + " 0.76.";

    /// <inheritdoc/>
    public override IReadOnlyList<DesignVariant> ToTry { get; } =
    [
        new("--scaling reactive", "the evening rises while instances start"),
        new("--scaling fixed", "always enough, and mostly idle"),
        new("--scaling reactive --cooldown 0s", "it turns all the time"),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<DesignOption> OwnOptions { get; } =
    [
        .. ScalingOption.Of(Predictive, Reactive, Scheduled, Fixed),
        Time("start-up", "10m", "How long an instance takes to start and to fetch what is watched"),
        Time("cooldown", "5m", "reactive: how long it waits until it takes instances away"),
        Count("busy", 80, "How busy workers should be, in percent") with { Maximum = 100 },
    ];

    /// <inheritdoc/>
    protected override ArchitectureGraph Graph(DesignOptions options)
    {
        const double most = 8;
        var duration = TimeSpan.FromDays(3);
        return new(Name,
        [
            new ClientsPart("viewers")
            {
                Rate = most, Shape = Evenings(options.Common.Duration ?? duration),
                Calls = [new("streams") { Timeout = s_limit, Balance = Balancing.LeastOpen }],
            },
            new ServicePart("streams")
            {
                Workers = 5, Time = TakesTime.Always(s_piece), DropExpired = true,
                Instances = options.Choice("scaling") == Fixed ? 20 : 3,
                Scale = Scaling(options), ScaleMin = 2, ScaleMax = 24,
                ScaleTarget = options.Count("busy") / 100.0, StartUp = options.Duration("start-up"),
                Price = 0.1,
            },
        ])
        {
            Summary = $"three days with a peak at 20:30; scaling: {ScalingOption.Word(options)}",
            Slo = s_limit,
            Duration = duration,
            Settle = TimeSpan.FromMinutes(1),
            Limits = [MeasuredLimit.Parse("availability > 99.6%"), MeasuredLimit.Parse("cost < 1.2")],
        };
    }

    static string Scaling(DesignOptions options)
    {
        var cooldown = options.Duration("cooldown").TotalSeconds;
        return ScalingOption.Chosen(options, scaling => scaling switch
        {
            Reactive => FormattableString.Invariant($"hpa:down-window={cooldown}s"),
            Scheduled => "scheduled:at=3@0h+7@8h+20@17h+6@23h",
            Fixed => "fixed:replicas=20",
            _ => "predictive:with=hpa",
        });
    }

    static RateShape Evenings(TimeSpan duration)
    {
        var trace = DemandShape.Named("evening").Trace(0.08, 1, duration);
        var minutes = (int)Math.Ceiling(duration / s_step);
        return new()
        {
            Word = RateShape.Trace, RecordedWords = "at the peak",
            Recorded =
            [
                .. Enumerable.Range(0, minutes).Select(minute =>
                    (s_step * minute, trace.RatesPerSecond[(int)(s_step * minute / trace.Step)])),
            ],
        };
    }
}
