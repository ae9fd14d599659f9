using Steelyard.Analysis.Policies.Scaling;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>A tier of a service: its instances work at requests and call other parts.</summary>
internal sealed record ServicePart(string Name) : StationPart(Name)
{
    internal const string NoState = "none";
    internal const string InMemory = "memory";
    internal const string Token = "token";

    static readonly IReadOnlyList<Setting<Part>> s_settings = For([
        .. OfStations<ServicePart>(),
        SettingsOf<ServicePart>.TimeOrNone("cold-start", "how long a worker needs that was not kept warm",
            p => p.ColdStart, (p, v) => p with { ColdStart = v }),
        SettingsOf<ServicePart>.Time("keep-warm", "how long an idle worker is kept warm",
            p => p.KeepWarm, (p, v) => p with { KeepWarm = v }),
        SettingsOf<ServicePart>.Count("warm", "workers that are always warm",
            p => p.Warm, (p, v) => p with { Warm = v }, least: 0),
        SettingsOf<ServicePart>.Number("price-warm", "what an hour of such a worker costs, at work or not",
            p => p.WarmPrice, (p, v) => p with { WarmPrice = v }),
        SettingsOf<ServicePart>.Word("state", "where the state of sessions is kept, besides what it calls",
            [NoState, InMemory, Token], p => p.State, (p, v) => p with { State = v }),
        SettingsOf<ServicePart>.Number("counts", "requests that each stands for in its count; 0 counts none",
            p => p.Counts, (p, v) => p with { Counts = v }),
        new("scale", "a scaling policy such as hpa or hpa:down-window=0s, or none", "what scales it")
        {
            Read = (part, text) => part with { Scale = text == "none" ? null : CheckedPolicy(text) },
            Show = part => part.Scale ?? "none",
        },
        SettingsOf<ServicePart>.Count("scale-min", "the fewest instances",
            p => p.ScaleMin, (p, v) => p with { ScaleMin = v }, least: 0),
        SettingsOf<ServicePart>.Count("scale-max", "the most instances",
            p => p.ScaleMax, (p, v) => p with { ScaleMax = v }),
        SettingsOf<ServicePart>.Share("scale-target", "how busy workers should be",
            p => p.ScaleTarget, (p, v) => p with { ScaleTarget = v }),
        SettingsOf<ServicePart>.Count("activator-queue", "requests that wait while there is no instance",
            p => p.ActivatorQueue, (p, v) => p with { ActivatorQueue = v }, least: 0),
        SettingsOf<ServicePart>.Count("warm-pool", "instances that are started and wait to be used",
            p => p.WarmPool, (p, v) => p with { WarmPool = v }, least: 0),
        SettingsOf<ServicePart>.Time("warm-start-up", "how long one of these takes to be used",
            p => p.WarmStartUp, (p, v) => p with { WarmStartUp = v }),
    ]);

    /// <inheritdoc/>
    public override string Kind => "service";

    /// <summary>How long a worker needs to start when none is warm (functions that start on demand); null is
    /// workers that are always there.</summary>
    public TimeSpan? ColdStart { get; init; }

    /// <summary>How long an idle worker is kept warm.</summary>
    public TimeSpan KeepWarm { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many workers are always warm (provisioned concurrency).</summary>
    public int Warm { get; init; }

    /// <summary>What an hour of such a worker costs, at work or not.</summary>
    public double WarmPrice { get; init; }

    /// <summary>Where the state of sessions is: <c>none</c> here, in the <c>memory</c> of the instance, or in
    /// a <c>token</c> that the client carries.</summary>
    public string State { get; init; } = NoState;

    /// <summary>How many requests each one stands for, where it counts them (10 where a tenth is sampled); 0
    /// counts none.</summary>
    public double Counts { get; init; }

    /// <summary>What scales it, as <see cref="ScalingPolicies.Create"/> reads it; null is nothing.</summary>
    public string? Scale { get; init; }

    /// <summary>The fewest instances; with 0 there is none where nothing is asked for, and what comes then
    /// waits at an activator.</summary>
    public int ScaleMin { get; init; } = 1;

    /// <summary>The most instances.</summary>
    public int ScaleMax { get; init; } = 20;

    /// <summary>How busy workers should be, as a share.</summary>
    public double ScaleTarget { get; init; } = 0.6;

    /// <summary>How many requests may wait while there is no instance; more are refused.</summary>
    public int ActivatorQueue { get; init; } = 10_000;

    /// <summary>Whether there may be no instance at all.</summary>
    internal bool MayBeNone => Scale is not null && ScaleMin == 0;

    /// <summary>Instances that are started and wait to be used; they cost as much as others.</summary>
    public int WarmPool { get; init; }

    /// <summary>How long one of these takes to be used.</summary>
    public TimeSpan WarmStartUp { get; init; } = TimeSpan.FromSeconds(1);

    internal override double CostOf(double there, double working) =>
        base.CostOf(there, working) + (Price * WarmPool) + (WarmPrice * Warm * there);

    internal override int MostInstances => Scale is null ? Instances : Math.Max(Instances, ScaleMax);

    internal override string Extent =>
        Scale is null ? base.Extent : $"{ScaleMin} to {ScaleMax} × {Workers} workers";

    /// <summary>What its policy is told.</summary>
    internal ScalingSettings ScalingSettings => new()
    {
        Minimum = ScaleMin,
        Maximum = ScaleMax,
        Target = ScaleTarget,
        CapacityPerInstance = (Workers ?? 1) / Math.Max(1e-6, Time.Mean.TotalSeconds),
        ServiceTime = Time.Mean > TimeSpan.Zero ? Time.Mean : TimeSpan.FromMilliseconds(1),
        StartUp = StartUp,
        MetricsDelay = Scaler.ReportsTake,
        Initial = Instances,
    };

    static string CheckedPolicy(string text)
    {
        _ = ScalingPolicies.Create(text, new());
        return text;
    }

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override void Check()
    {
        if (Scale is null)
            return;
        if (Workers is null)
            throw new UserMistakeException("scale: expected \"workers\" of an instance, found none");
        _ = ScalingPolicies.Create(Scale, ScalingSettings);
        if (ScaleMin > ScaleMax || Instances < ScaleMin || Instances > ScaleMax)
            throw new UserMistakeException(
                $"scale: expected scale-min ≤ instances ≤ scale-max, found {ScaleMin}, {Instances},"
                    + $" {ScaleMax}");
    }

    internal override INode Create(InstanceContext context) => new ServiceStation(context, this);
}
