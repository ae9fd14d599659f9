using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.MariaDb;

/// <summary>MariaDB: one server, at each of its levels of isolation.</summary>
internal sealed class MariaDbEngine : Engine
{
    const string Isolation = "isolation";
    const string Snapshots = "snapshot-isolation";
    const string RepeatableRead = "repeatable-read";

    /// <summary>The server's program.</summary>
    public static EngineProgram Server { get; } = new("mariadbd", "mariadb-server");

    /// <inheritdoc/>
    public override string Name => "mariadb";

    /// <inheritdoc/>
    public override string Summary =>
        "MariaDB: its repeatable read loses updates, unless it is told to isolate snapshots";

    /// <inheritdoc/>
    public override string Story =>
        "At repeatable read, its default, MariaDB reads from a snapshot, but what it writes builds on the"
        + " newest rows, whoever has changed them since: updates are lost, and a transaction reads what"
        + " neither its snapshot nor itself can explain. With innodb_snapshot_isolation such a transaction is"
        + " refused.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server];

    /// <summary>Its version.</summary>
    public static EngineRelease Release { get; } =
        EngineRelease.Told("MariaDB", Server, "--version", "10.11");

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("docker.io/library/mariadb:10.11", "999:999");

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } = [Release];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
        [new("single", 1, "one server that syncs each commit")];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["single"];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } = SqlWorkloads.Of(Promised);

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => MariaDbRows.All;

    /// <inheritdoc/>
    public override IsolationTable IsolationTable => MariaDbRows.Isolation;

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Isolation, "The level of all transactions",
            RepeatableRead, "read-uncommitted", "read-committed", "serializable"),
        DesignOption.Choice(
            Snapshots,
            "Whether innodb_snapshot_isolation is on: refuses to write over what the snapshot has not",
            "off", "on"),
    ];

    /// <inheritdoc/>
    public override string? WhyNoClock => null;

    // innodb_flush_log_at_trx_commit is 1.
    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) => true;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new MariaDbCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new SqlClient((SqlCluster)cluster, seat);

    /// <summary>The level of a set-up.</summary>
    public static SqlLevel LevelOf(EngineSetup setup) =>
        LevelOf(setup.Chosen[Isolation], setup.Chosen[Snapshots] == "on");

    /// <summary>A level by its name.</summary>
    /// <param name="name">As in the option.</param>
    /// <param name="snapshots">Whether snapshots are isolated.</param>
    public static SqlLevel LevelOf(string name, bool snapshots)
    {
        var set = snapshots ? "on" : "off";
        var level = new SqlLevel(name, $"set session innodb_snapshot_isolation = {set}");
        return snapshots ? level with { Title = $"{level.Words}, snapshot isolation on" } : level;
    }

    // Its repeatable read is held to what the level is called, and with isolated snapshots to those.
    static string Promised(EngineSetup setup) =>
        setup.Chosen[Isolation] == RepeatableRead && setup.Chosen[Snapshots] == "on"
            ? "snapshot-isolation"
            : setup.Chosen[Isolation];
}
