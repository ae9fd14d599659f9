using Steelyard.Live.Faults;
using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Live.Sql;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>What is said of PostgreSQL.</summary>
internal static class PostgresRows
{
    const string Hermitage =
        "Hermitage's table (github.com/ept/hermitage); PostgreSQL 15 manual, chapter 13.2";
    const string Replicas = "replicas";
    const string StandbyManual = "PostgreSQL 15 manual, chapter 27";
    const string CommitManual = "PostgreSQL 15 manual, synchronous_commit";

    /// <summary>Its levels of isolation. At read uncommitted it does what it does at read
    /// committed.</summary>
    public static IsolationTable Isolation { get; } = new(
        "single",
        (Level("read-committed"),
            "PMP PMP-write P4 G-single G-single-predicate G-single-write G2-item G2 G2-three internal",
            Hermitage),
        (Level("repeatable-read"), "G2-item G2 G2-three", Hermitage),
        (Level("serializable"), "", Hermitage));

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        new RunRow(
            "serializable", "transactions over lists (Elle)", "none", Expectation.Prevented,
            "https://jepsen.io/analyses/postgresql-12.3, fixed in 12.4 and 13")
        {
            Options = Options(("isolation", "serializable")), Promise = "list-append",
        },
        new RunRow(
            "primary and standbys, reads at the nearest", "linearizable register", "none", Expectation.Occurs,
            StandbyManual)
        {
            Options = Options(("config", Replicas), ("reads", "nearest"), ("workload", "register")),
            Promise = "linearizable", RatePerSecond = 300, Seeds = 3,
            Note = "A standby answers with what it has replayed, which is soon after the commit.",
        },
        new RunRow(
            "primary and standbys, reads at the nearest, repeatable read",
            "long fork in transactions over lists", "none", Expectation.MayOccur,
            "https://jepsen.io/analyses/amazon-rds-for-postgresql-17.4")
        {
            Options = Options(("config", Replicas), ("reads", "nearest"), ("isolation", "repeatable-read")),
            Promise = "list-append",
            Note = "Commits become visible in another order on the primary than in its log: rarely seen.",
        },
        new RunRow(
            "primary and an asynchronous standby", "set of acknowledged adds",
            "link down, primary killed, standby promoted", Expectation.Occurs, CommitManual)
        {
            Options = Options(("config", Replicas), ("workload", "set")), Promise = "set",
            Faults = FailoverTo("n3"),
        },
        new RunRow(
            "primary and a synchronous standby", "set of acknowledged adds",
            "link down, primary killed, standby promoted", Expectation.Prevented, CommitManual)
        {
            Options = Options(("config", Replicas), ("workload", "set")), Promise = "set",
            Faults = FailoverTo("n2"),
        },
        new ScriptRow(
            "primary and a synchronous standby",
            "a commit is not answered, and a read sees it when its wait ends", "standby paused",
            Expectation.Occurs, CommitManual)
        {
            Setup = Replicas, Try = SynchronousWait.Try,
        },
        new ScriptRow(
            "primary, a synchronous and an asynchronous standby, repeatable read",
            "long fork: two readers see two commits in opposite orders", "synchronous standby paused",
            Expectation.Occurs, "https://jepsen.io/analyses/amazon-rds-for-postgresql-17.4")
        {
            Setup = Replicas, Try = StandbyLongFork.Try,
        },
        .. Isolation.Rows,
    ];

    static FaultPlan FailoverTo(string standby) => new(
    [
        new CutFault
        {
            At = TimeSpan.FromSeconds(3), For = TimeSpan.FromSeconds(3), From = ["n1"], To = [standby],
        },
        new FailoverFault { At = TimeSpan.FromSeconds(5), To = standby },
    ]);

    static Dictionary<string, string> Options(params (string Name, string Value)[] options) =>
        options.ToDictionary(option => option.Name, option => option.Value, StringComparer.Ordinal);

    static SqlLevel Level(string name) => new(name, "set deadlock_timeout = '10ms'");
}
