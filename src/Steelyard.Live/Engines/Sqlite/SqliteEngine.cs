using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>SQLite: processes that open one file.</summary>
internal sealed class SqliteEngine : Engine
{
    const string Synchronous = "synchronous";
    const string Beginning = "begin";
    const string Isolation = "isolation";
    // One process at a time writes, and waits for the disk before the next one may.
    const double OneWriterPerSecond = 50;

    const string Immediate = "immediate";

    /// <summary>A transaction locks when it first writes, if nobody has written since it read.</summary>
    public const string Deferred = "deferred";

    const string ReadUncommitted = "read-uncommitted";

    /// <summary>A process that opens a file.</summary>
    public static EngineProgram Host { get; } =
        new("Steelyard.EmbeddedHost.dll", "steelyard", AppContext.BaseDirectory);

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override string Summary =>
        "SQLite: processes that open one file; serializable, and nothing to be partitioned from";

    /// <inheritdoc/>
    public override string Story =>
        "SQLite is a library: whoever asks it has it inside, and shares nothing with others but a file and"
        + " its locks. That is called CA, since there is no network to partition, but only in name: whoever"
        + " has lost the process is answered by nobody, and while one process holds the lock and stands"
        + " still, no other one can write. What was committed outlives a kill, and what was not is taken back"
        + " by whoever opens the file next.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [GarnetEngine.Runtime, Host];

    /// <inheritdoc/>
    public override bool HasPrograms => false;

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Listed("SQLite", "Steelyard.EmbeddedHost.deps.json", "\"SQLite/", "3.53")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        Of(SqliteSetups.Wal, 3, "three processes, one file, a write-ahead log"),
        Of(SqliteSetups.Rollback, 3, "three processes, one file, a rollback journal"),
        Of(SqliteSetups.Single, 1, "one process, a write-ahead log"),
        Of(SqliteSetups.Unjournaled, 3, "three processes, one file, no journal"),
        Of(SqliteSetups.Unlocked, 3, "three processes, one file, a rollback journal, locks that do nothing"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        .. SqlWorkloads.Of(Promised).Select(workload => workload with { RatePerSecond = OneWriterPerSecond }),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => SqliteRows.All;

    /// <inheritdoc/>
    public override IsolationTable IsolationTable => SqliteRows.Isolation;

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Synchronous, "When it waits for the disk: pragma synchronous", "full", "normal", "off"),
        DesignOption.Choice(
            Beginning, "When a transaction locks the file to write: as it begins, or when it first writes",
            Immediate, Deferred),
        DesignOption.Choice(
            Isolation, "The level of all transactions; read uncommitted shares the cache of a process",
            "serializable", ReadUncommitted),
    ];

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new SqliteCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new SqlClient((SqlCluster)cluster, seat);

    /// <summary>The level of a set-up.</summary>
    public static SqlLevel LevelOf(EngineSetup setup) =>
        LevelOf(setup.Chosen[Isolation], setup.Chosen[Beginning]);

    /// <summary>A level by its name.</summary>
    /// <param name="isolation">As in the option.</param>
    /// <param name="begin">As in the option.</param>
    public static SqlLevel LevelOf(string isolation, string begin = Deferred)
    {
        SqlLevel level = isolation == ReadUncommitted
            ? new(isolation, "open shared", "pragma read_uncommitted = on") : new(isolation);
        return level with { Begin = $"begin {begin}" };
    }

    /// <summary>How it waits for the disk.</summary>
    public static string SynchronousOf(EngineSetup setup) => setup.Chosen[Synchronous];

    static string Promised(EngineSetup setup) =>
        setup.Chosen[Isolation] == ReadUncommitted ? ReadUncommitted : "strict-serializable";

    static EngineSetup Of(string name, int processes, string summary) =>
        new(name, processes, summary) { Spare = processes - 1, HasNetwork = false };
}
