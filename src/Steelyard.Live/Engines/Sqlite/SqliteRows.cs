using Steelyard.Live.Faults;
using Steelyard.Live.Matrix;
using Steelyard.Live.Scripts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>What is said of SQLite.</summary>
internal static class SqliteRows
{
    const string Manual = "https://sqlite.org/isolation.html";
    const string Commit = "https://sqlite.org/atomiccommit.html";
    const string Corrupt = "https://sqlite.org/howtocorrupt.html";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>Its levels of isolation. Where one writer at a time has the whole file, no write builds on
    /// what another one wrote meanwhile, at any level.</summary>
    public static IsolationTable Isolation { get; } = new(
        SqliteSetups.Wal,
        (SqliteEngine.LevelOf("read-uncommitted"),
            "G1a G1b PMP G-single G-single-predicate G-single-write G2-three internal",
            "https://sqlite.org/sharedcache.html"),
        (SqliteEngine.LevelOf("serializable"), "", Manual));

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Run(SqliteSetups.Wal, "append", "list-append", Manual),
        Run(SqliteSetups.Rollback, "append", "list-append", Manual),
        Kill(SqliteSetups.Wal, "full"), Kill(SqliteSetups.Wal, "off"), Kill(SqliteSetups.Rollback, "full"),
        new RunRow(
            "three processes, locks that do nothing", "acknowledged writes lost", "none", Expectation.Occurs,
            Corrupt)
        {
            Options = Options(SqliteSetups.Unlocked, ("workload", "counter")), Duration = 5 * s_second,
            Promise = "counter",
        },
        .. SqliteSpill.Rows,
        .. Isolation.Rows,
    ];

    static RunRow Kill(string setup, string synchronous) => new(
        $"three processes, {setup}, synchronous {synchronous}", "acknowledged writes lost", "kill -9 of all",
        Expectation.Prevented, Commit)
    {
        Options = Options(setup, ("workload", "set"), ("synchronous", synchronous)),
        Faults = new([new CrashFault { At = 3 * s_second, For = s_second, Nodes = ["n1", "n2", "n3"] }]),
        Duration = 6 * s_second,
        Promise = "set",
    };

    static RunRow Run(string setup, string workload, string promise, string source) => new(
        $"three processes, {setup}", $"{workload} is not strict-serializable", "none", Expectation.Prevented,
        source)
    {
        Options = Options(setup, ("workload", workload), ("begin", SqliteEngine.Deferred)),
        Duration = 5 * s_second, Promise = promise,
    };

    static Dictionary<string, string> Options(
        string setup, params IReadOnlyList<(string Name, string Value)> others)
    {
        var options = others.ToDictionary(
            option => option.Name, option => option.Value, StringComparer.Ordinal);
        options.Add("config", setup);
        return options;
    }
}
