using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>What is said of PostgreSQL.</summary>
internal static class PostgresRows
{
    const string Hermitage = "Hermitage's table (github.com/ept/hermitage); PostgreSQL 15 manual, chapter 13.2";

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All => Isolation.Rows;

    /// <summary>Its levels of isolation. At read uncommitted it does what it does at read committed.</summary>
    public static IsolationTable Isolation { get; } = new(
        "single",
        (Level("read-committed"),
            "PMP PMP-write P4 G-single G-single-predicate G-single-write G2-item G2 G2-three internal",
            Hermitage),
        (Level("repeatable-read"), "G2-item G2 G2-three", Hermitage),
        (Level("serializable"), "", Hermitage));

    static SqlLevel Level(string name) => new(name, "set deadlock_timeout = '10ms'");
}
