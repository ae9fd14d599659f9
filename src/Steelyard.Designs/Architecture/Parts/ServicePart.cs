using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
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
        SettingsOf<ServicePart>.Word("state", "where the state of sessions is kept, besides what it calls",
            [NoState, InMemory, Token], p => p.State, (p, v) => p with { State = v }),
        SettingsOf<ServicePart>.Number("counts", "requests that each one stands for in its count; 0 counts none",
            p => p.Counts, (p, v) => p with { Counts = v }),
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

    /// <summary>Where the state of sessions is: <c>none</c> here, in the <c>memory</c> of the instance, or in a
    /// <c>token</c> that the client carries.</summary>
    public string State { get; init; } = NoState;

    /// <summary>How many requests each one stands for, where it counts them (10 where a tenth is sampled); 0
    /// counts none.</summary>
    public double Counts { get; init; }

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new ServiceStation(context, this);
}
