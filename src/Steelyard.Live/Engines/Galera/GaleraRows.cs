using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Galera;

/// <summary>What is said of Galera.</summary>
internal static class GaleraRows
{
    const string Jepsen = "jepsen.io/analyses/mariadb-galera-cluster-12.1.2";
    const string Healthy = "3 nodes, healthy, repeatable read";
    const string AllKilled = "kill -9 of all, milliseconds apart";

    // Whatever the last of them has still written to its log before it is killed is not lost.
    static readonly FaultPlan s_allKilled = new([new CrashFault
    {
        At = TimeSpan.FromSeconds(3), For = TimeSpan.FromSeconds(2), Nodes = ["n1", "n2", "n3"],
    }]);

    static readonly FaultPlan s_killAndCut = new(
    [
        new CrashFault { At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(3), Nodes = ["n2"] },
        new PartitionFault
        {
            At = TimeSpan.FromSeconds(12), For = TimeSpan.FromSeconds(8), Groups = [["n1"], ["n2", "n3"]],
        },
    ]);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Script(Healthy, "lost update of one row across nodes (P4)", Expectation.Occurs,
            Jepsen + " (MDEV-38977)", GaleraScripts.LostUpdate),
        Script("3 nodes, healthy, wsrep_sync_wait=0", "stale read on another node after a commit",
            Expectation.Occurs, Jepsen + " (MDEV-38999)", GaleraScripts.StaleRead(0)),
        Script("3 nodes, healthy, wsrep_sync_wait=1", "stale read on another node after a commit",
            Expectation.MayOccur, Jepsen + " (MDEV-38999)", GaleraScripts.StaleRead(1)),
        Run(Healthy, "transactions that append to lists, held to snapshot isolation", "none",
            Expectation.Occurs, "append", "1", FaultPlan.None) with { Promise = "list-append" },
        Run("innodb_flush_log_at_trx_commit=1", "acknowledged elements of a set", "kill -9, then partition",
            Expectation.MayOccur, "set", "1", s_killAndCut) with { Duration = TimeSpan.FromSeconds(22) },
        Run("innodb_flush_log_at_trx_commit=0", "acknowledged elements of a set", AllKilled,
            Expectation.Occurs, "set", "0", s_allKilled) with { Seeds = 3 },
        Run("innodb_flush_log_at_trx_commit=1", "acknowledged elements of a set", AllKilled,
            Expectation.MayOccur, "set", "1", s_allKilled),
    ];

    static RunRow Run(
        string configuration, string workload, string nemesis, Expectation expected, string name,
        string flush, FaultPlan faults) => new(configuration, workload, nemesis, expected, Jepsen)
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["workload"] = name, [GaleraEngine.Flush] = flush,
            },
            Faults = faults,
            Promise = "set",
        };

    static ScriptRow Script(
        string configuration, string workload, Expectation expected, string source,
        Func<EngineCluster, CancellationToken, Task<ScriptFinding>> script) =>
        new(configuration, workload, "none", expected, source) { Setup = "three", Try = script };
}
