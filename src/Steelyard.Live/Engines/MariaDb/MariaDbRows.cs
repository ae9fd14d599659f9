using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;

namespace Steelyard.Live.Engines.MariaDb;

/// <summary>What is said of MariaDB.</summary>
internal static class MariaDbRows
{
    const string Hermitage =
        "Hermitage's table of MySQL (github.com/ept/hermitage); jepsen.io/analyses/mysql-8.0.34";

    const string Reads = "PMP G-single G-single-predicate";
    const string Writes = "PMP-write P4 G-single-write internal";
    const string Skews = "G2-item G2 G2-three";

    /// <summary>Its levels of isolation.</summary>
    public static IsolationTable Isolation { get; } = new(
        "single",
        (MariaDbEngine.LevelOf("read-uncommitted", snapshots: false),
            $"G1a G1b G1c OTV {Reads} {Writes} {Skews}", Hermitage),
        (MariaDbEngine.LevelOf("read-committed", snapshots: false), $"{Reads} {Writes} {Skews}", Hermitage),
        (MariaDbEngine.LevelOf("repeatable-read", snapshots: false), $"{Writes} {Skews}", Hermitage),
        (MariaDbEngine.LevelOf("repeatable-read", snapshots: true), Skews,
            "MariaDB documentation of innodb_snapshot_isolation"),
        (MariaDbEngine.LevelOf("serializable", snapshots: false), "", Hermitage));

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        new RunRow(
            "repeatable read", "transactions over lists (Elle)", "none", Expectation.Occurs,
            "https://jepsen.io/analyses/mysql-8.0.34")
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal), Promise = "list-append",
        },
        new RunRow(
            "repeatable read, snapshot isolation on", "transactions over lists (Elle)", "none",
            Expectation.Prevented, "MariaDB documentation of innodb_snapshot_isolation")
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["snapshot-isolation"] = "on",
            },
            Promise = "list-append",
        },
        .. Isolation.Rows,
    ];
}
