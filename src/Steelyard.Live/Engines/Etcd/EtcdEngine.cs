using Steelyard.Analysis.Workloads.Watches;
using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>etcd: a store that a majority agrees on by Raft.</summary>
internal sealed class EtcdEngine : Engine
{
    /// <summary>The server.</summary>
    public static EngineProgram Server { get; } = new("etcd", "etcd-server");

    /// <inheritdoc/>
    public override string Name => "etcd";

    /// <inheritdoc/>
    public override string Summary =>
        "etcd: a majority agrees on every write and read; cut off, the others answer nothing, or what is old";

    /// <inheritdoc/>
    public override string Story =>
        "etcd's members agree on every change by Raft, and by default on every read too, so that a member"
        + " that is cut off from the majority answers nothing. A serializable read is answered by one member"
        + " alone, from what it has. A lock is a key under a lease: who stands still for longer than the"
        + " lease lasts still believes to hold what another one has by then.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server];

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("quay.io/coreos/etcd:v3.4.23", null);

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Told("etcd", Server, "--version", "3.4")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("cluster", 3, "three members"),
        new("single", 1, "one member"),
        new(
            EtcdCluster.Snapshots, 3,
            "three members that make a snapshot after 500 changes, so that one who is far behind gets it"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["cluster", "single"];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        LiveWorkloads.Register(),
        LiveWorkloads.Appends(setup =>
            new EtcdChoices(setup).ReadsAreSerializable ? "serializable" : "strict-serializable"),
        LiveWorkloads.AcknowledgedSet,
        IdWorkload.Define("the revision of a put"),
        LockWorkload.Define(),
        LockedSet.Define(),
        new(
            "watch", "puts and deletes, and watches that must tell all of them in order",
            _ => new WatchWorkload(), _ => [new WatchEvents()]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options => EtcdChoices.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => EtcdRows.All;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    public override string WhyNoClock => OfGo;

    // Its log is synced before a member agrees to an entry.
    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) => true;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) => null;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new EtcdCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new EtcdClient((EtcdCluster)cluster, seat);
}
