using Steelyard.Analysis.Staleness;
using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Dns;

/// <summary>DNS: a primary that owns a zone, and a resolver that remembers its answers.</summary>
internal sealed class DnsEngine : Engine
{
    /// <summary>The primary.</summary>
    public static EngineProgram Bind { get; } = new("named", "bind9");

    /// <summary>The resolver.</summary>
    public static EngineProgram Unbound { get; } = new("unbound", "unbound");

    // Both count whole seconds: an answer of 2 s may be given for nearly 3.
    static readonly TimeSpan s_stale = TimeSpan.FromSeconds(DnsSetups.TtlSeconds + 1);

    /// <inheritdoc/>
    public override string Name => "dns";

    /// <inheritdoc/>
    public override string Summary =>
        "DNS: how old answers get that a resolver remembers, and what it answers when the primary is gone";

    /// <inheritdoc/>
    public override string Story =>
        "A resolver may answer from memory for as long as a record's time to live, and no longer. Told to"
        + " serve what has expired it answers on when nobody can be asked, with whatever it remembers:"
        + " available, and as old as the outage.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Bind, Unbound];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
    [
        EngineRelease.Told("BIND", Bind, "-v", "9.18"), EngineRelease.Told("Unbound", Unbound, "-V", "1.17"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups => DnsSetups.All;

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        LiveWorkloads.Register(conditional: 0) with
        {
            Name = "freshness",
            Summary = "records are changed at the primary (dynamic update) and read through the resolver",
            Expectations = _ => [new BoundedStaleness(s_stale)],
            RatePerSecond = 20,
        },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => DnsRows.All;

    /// <inheritdoc/>
    public override bool KeepsOnDisk => false;

    /// <inheritdoc/>
    public override string WhyNoClock => OfJemalloc;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new DnsCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new FreshnessClient((DnsCluster)cluster, seat);
}
