using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>PostgreSQL: a single server, or a primary with a synchronous and an asynchronous
/// standby.</summary>
internal sealed class PostgresEngine : Engine
{
    /// <summary>The option that chooses a level of isolation.</summary>
    public const string Isolation = "isolation";

    /// <summary>The option that chooses who is asked for reads.</summary>
    public const string Reads = "reads";

    /// <summary>The option that chooses when a commit is synced.</summary>
    public const string Commits = "commits";

    /// <summary>Each commit is synced before it is acknowledged.</summary>
    public const string Synced = "synced";

    /// <summary>Commits are synced after they were acknowledged (synchronous_commit = off).</summary>
    public const string Late = "late";

    /// <summary>Nothing is ever synced (fsync = off).</summary>
    public const string Never = "never";

    /// <summary>Reads go to the server that is nearest.</summary>
    public const string Nearest = "nearest";

    /// <summary>The option that says what a promoted server waits for.</summary>
    public const string Promoted = "promoted";

    /// <summary>It waits for a standby, as the first primary did.</summary>
    public const string Waits = "waits";

    /// <summary>The version of it.</summary>
    public static EngineRelease Release { get; } =
        EngineRelease.Told("PostgreSQL", ProgramNamed("postgres"), "--version", "15");

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override string Summary =>
        "PostgreSQL: what each isolation level lets through, and what a failover to which standby loses";

    /// <inheritdoc/>
    public override string Story =>
        "PostgreSQL's default level is read committed, at which a transaction that reads, decides and writes"
        + " loses the updates of others. A commit waits for the synchronous standby: promoted, that one has"
        + " all that was acknowledged, and while it is gone nothing is. The asynchronous one has what has"
        + " reached it. Whoever was promoted waits for one of the others in its turn, since those are led to"
        + " it; left alone it waits for nobody, and what it acknowledges a second failover loses.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } =
        [ProgramNamed("postgres"), ProgramNamed("initdb")];

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("docker.io/library/postgres:15", "999:999");

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } = [Release];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("single", 1, "one server"),
        new("replicas", 3, "a primary n1, a synchronous standby n2 and an asynchronous one n3")
        {
            Standbys = ["n2", "n3"], Returns = true,
        },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["single", "replicas"];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } = SqlWorkloads.Of(Promised);

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => PostgresRows.All;

    /// <inheritdoc/>
    public override IsolationTable IsolationTable => PostgresRows.Isolation;

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Isolation, "The level of all transactions",
            "read-committed", "repeatable-read", "serializable"),
        DesignOption.Choice(
            Reads, "Who is asked for reads: the primary, or the server beside the client",
            "primary", Nearest),
        DesignOption.Choice(
            Commits, "When a commit is synced: before it is acknowledged, late (synchronous_commit off),"
            + " never (fsync off)", Synced, Late, Never),
        DesignOption.Choice(
            Promoted, "What a server does that was promoted, in --config replicas: it waits for a standby"
            + " with each commit, and the others are led to it; or it is left alone, and waits for nobody",
            Waits, "alone"),
    ];

    /// <inheritdoc/>
    public override string? WhyNoClock => null;

    /// <inheritdoc/>
    public override bool SyncsWhatItAcknowledges(EngineSetup setup) => setup.Chosen[Commits] == Synced;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new PostgresCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new SqlClient((SqlCluster)cluster, seat);

    /// <summary>A program of PostgreSQL's.</summary>
    public static EngineProgram ProgramNamed(string name) =>
        new(name, "postgresql-15", "/usr/lib/postgresql/15/bin");

    // Its manual calls snapshot isolation what it does at repeatable read (section 13.2.2), and promises no
    // order in real time at serializable.
    static string Promised(EngineSetup setup) => setup.Chosen[Isolation] switch
    {
        "repeatable-read" => "snapshot-isolation",
        var same => same,
    };
}
