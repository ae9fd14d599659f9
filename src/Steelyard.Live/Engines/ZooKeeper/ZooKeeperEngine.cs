using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Workloads.Counters;
using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>ZooKeeper: a tree of small nodes, written through a leader and read anywhere.</summary>
internal sealed class ZooKeeperEngine : Engine
{
    /// <summary>Where Debian puts it.</summary>
    public const string Jars = "/usr/share/java";

    /// <summary>What runs it.</summary>
    public static EngineProgram Java { get; } = new("java", "default-jre-headless") { IsOfMachine = true };

    /// <summary>The library that it is. What it needs of others it names itself in Debian, and lies beside it
    /// as it is unpacked.</summary>
    public static EngineProgram Library { get; } = new("zookeeper.jar", "zookeeper", Jars)
    {
        Own = ["lib/zookeeper-3*.jar", "zookeeper-3*.jar"],
    };

    /// <inheritdoc/>
    public override string Name => "zookeeper";

    /// <inheritdoc/>
    public override string Summary =>
        "ZooKeeper: writes go through a leader, reads are answered by any server from what it has";

    /// <inheritdoc/>
    public override string Story =>
        "ZooKeeper's writes are agreed on by a majority; its reads are answered by the server that a client"
        + " stands beside, from what it has. So a read may be old, though no client ever sees time run"
        + " backwards. A sync before the read catches up with the leader. A lock is a ticket that goes with a"
        + " session: who stands still for longer than the session lasts still believes to hold what another"
        + " one has by then.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Java, Library];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
    [
        EngineRelease.Named(
            "ZooKeeper", place => Path.GetDirectoryName(place.Source.FileOf(Library))!, "zookeeper-3*.jar",
            "3.8"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("ensemble", 3, "three servers"),
        new("single", 1, "one server"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["ensemble", "single"];

    /// <inheritdoc/>
    public override bool AsksWithName => false;

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        // Promised of plain reads is sequential consistency. Whether a history has it takes a search that may
        // run out; causal convergence, which it implies, is always decided.
        LiveWorkloads.Register() with
        {
            Expectations = setup => [new ZooKeeperChoices(setup).ReadsAreSynced
                ? new Linearizable(KnownModels.CasRegister())
                : new SessionConsistency("causal+")],
        },
        LiveWorkloads.AcknowledgedSet,
        LockWorkload.Define(),
        LockedSet.Define(),
        CounterWorkload.Define(setup =>
            new ZooKeeperChoices(setup).ReadsAreSynced ? new CounterBounds() : new FinalCounter()),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options => ZooKeeperChoices.Options;

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => ZooKeeperRows.All;

    /// <inheritdoc/>
    public override string WhyNoClock =>
        "Java asks for the time so often that under libfaketime three servers are not ready within 30 s";

    // forceSync is yes where nobody says otherwise.
    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) => true;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) => change switch
    {
        MembershipChangeKind.AddLearner => "observers of ZooKeeper are not started here",
        MembershipChangeKind.Transfer => "ZooKeeper hands its leadership over to nobody by name",
        _ => null,
    };

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new ZooKeeperCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new ZooKeeperClient((ZooKeeperCluster)cluster, seat);
}
