using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Live.Engines.MariaDb;
using Steelyard.Live.Matrix;
using Steelyard.Live.Sql;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Galera;

/// <summary>MariaDB with Galera: every server takes writes, and all agree on which are committed.</summary>
internal sealed class GaleraEngine : Engine
{
    /// <summary>The option that says whether a read waits until its server has caught up.</summary>
    public const string SyncWait = "sync-wait";

    /// <summary>The option that says when a server syncs what it has committed.</summary>
    public const string Flush = "flush";

    /// <summary>The library that makes a server one of a cluster.</summary>
    public static EngineProgram Provider { get; } =
        new("libgalera_smm.so", "galera-4", "/usr/lib/galera", "/usr/lib64/galera-4");

    /// <inheritdoc/>
    public override string Name => "galera";

    /// <inheritdoc/>
    public override string Summary =>
        "MariaDB with Galera: every server takes writes; updates are lost, and reads elsewhere are stale";

    /// <inheritdoc/>
    public override string Story =>
        "A transaction runs on one server; at its commit all servers get what it has written, in one order,"
        + " and it is refused when another one wrote the same rows meanwhile. What it has read is not"
        + " compared, so updates are lost as on one server of MariaDB. A server answers before the others"
        + " have applied what it acknowledges: reads elsewhere are stale, unless wsrep_sync_wait makes them"
        + " wait.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } =
    [
        MariaDbEngine.Server, Provider, new("rsync", "rsync") { IsOfMachine = true },
        new("lsof", "lsof") { IsOfMachine = true },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } = [MariaDbEngine.Release];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
        [new("three", 3, "three servers, and each client writes to the one beside it")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["three"];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            SyncWait,
            "wsrep_sync_wait: whether a read waits until its server has applied what others committed",
            "0", "1"),
        DesignOption.Choice(
            Flush, "innodb_flush_log_at_trx_commit: 1 syncs each commit, 0 writes the log once a second",
            "1", "0"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        LiveWorkloads.AcknowledgedSet, LiveWorkloads.Appends(_ => "snapshot-isolation"), SqlWorkloads.Bank,
        // Without the wait it promises a client no more than what it has done itself.
        LiveWorkloads.Register() with
        {
            Expectations = setup => setup.Chosen[SyncWait] == "1"
                ? [new Linearizable(KnownModels.CasRegister())]
                : [new ReadYourWrites()],
        },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => GaleraRows.All;

    /// <inheritdoc/>
    public override string? WhyNoClock => null;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) => change switch
    {
        MembershipChangeKind.AddLearner => "Galera knows nobody who learns and does not count",
        MembershipChangeKind.Transfer => "nobody leads Galera's servers",
        _ => null,
    };

    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) => setup.Chosen[Flush] == "1";

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new GaleraCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new SqlClient((SqlCluster)cluster, seat);
}
