using Steelyard.Live.Faults;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Redis;

/// <summary>What is known of Redis.</summary>
internal static class RedisRows
{
    const string WaitDocs = "https://redis.io/docs/latest/commands/wait/";
    const string PersistenceDocs =
        "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/";

    const string ReplicationDocs =
        "https://redis.io/docs/latest/operate/oss_and_stack/management/replication/";

    const string ClusterDocs = "https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/";
    const string LockDocs = "https://redis.io/docs/latest/develop/use/patterns/distributed-locks/";

    const string QueueDocs = "https://redis.io/docs/latest/commands/lmove/ (reliable queue)";

    static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } = [.. Scripts(), .. Runs()];

    static IEnumerable<MatrixRow> Scripts() =>
    [
        new ScriptRow(
            "primary + async replicas, a replica promoted by hand", "set of acknowledged writes",
            "links down, 100 SETs, primary killed, replica promoted", Expectation.Occurs,
            "https://aphyr.com/posts/283-jepsen-redis")
        {
            Setup = "replicas", Try = RedisScripts.WritesAfterTheCut, LeavesWhole = false,
        },
        new ScriptRow(
            "fresh replica, default repl-diskless-sync-delay 5", "WAIT 1 for 3 s returns 0", "none",
            Expectation.Occurs, WaitDocs)
        {
            Setup = "replicas", Try = (cluster, stop) => RedisScripts.WaitForFreshReplica(cluster, 5, stop),
            LeavesWhole = false,
        },
        new ScriptRow(
            "fresh replica, repl-diskless-sync-delay 0", "WAIT 1 for 3 s returns 0", "none",
            Expectation.Prevented, WaitDocs)
        {
            Setup = "replicas", Try = (cluster, stop) => RedisScripts.WaitForFreshReplica(cluster, 0, stop),
            LeavesWhole = false,
        },
        new ScriptRow(
            "primary + async replicas", "a write of which WAIT says 0 is read afterwards", "links down",
            Expectation.Occurs, WaitDocs)
        {
            Setup = "replicas", Try = RedisScripts.WaitDoesNotUndo, LeavesWhole = false,
        },
        new ScriptRow(
            "primary that comes back empty (no log)", "all data of primary and replicas gone",
            "primary killed", Expectation.Occurs, ReplicationDocs)
        {
            Setup = "replicas", Try = RedisScripts.EmptyPrimaryEmptiesReplicas, LeavesWhole = false,
        },
        new ScriptRow(
            "one server, RPOP", "an element whose answer nobody gets is gone",
            "server paused, consumer gives up", Expectation.Occurs, QueueDocs)
        {
            Setup = "single", Try = RedisScripts.PopWithoutAnswer,
        },
    ];

    static IEnumerable<MatrixRow> Runs() =>
    [
        Run("Sentinel", "linearizable register, WAIT 1 (majority)", "partition", Expectation.Occurs,
            "https://aphyr.com/posts/307-call-me-maybe-redis-redux; " + WaitDocs, "linearizable",
            Cut("n1"), ("config", "sentinel"), ("workload", "register"), ("wait", "1")) with { Seeds = 3 },
        Run("Sentinel", "set of acknowledged writes", "partition", Expectation.Occurs,
            "https://aphyr.com/posts/283-jepsen-redis", "set", Cut("n1"), ("config", "sentinel")),
        Run("Sentinel, WAIT 1", "set of acknowledged writes", "partition", Expectation.MayOccur, WaitDocs,
            "set", Cut("n1"), ("config", "sentinel"), ("wait", "1")),
        Run("Cluster", "set of acknowledged writes", "partition of a primary", Expectation.Occurs,
            ClusterDocs, "set", Cut("n1", nodes: 6), ("config", "cluster")) with { Seeds = 3 },
        Run("one server, AOF, fsync always", "set of acknowledged writes", "kill -9", Expectation.Prevented,
            PersistenceDocs, "set", Kill, ("config", "single"), ("fsync", "always")),
        Run("one server, AOF, fsync everysec", "set of acknowledged writes", "kill -9",
            Expectation.MayOccur, PersistenceDocs, "set", Kill, ("config", "single"), ("fsync", "everysec")),
        Run("one server, AOF, fsync no", "set of acknowledged writes", "kill -9", Expectation.Prevented,
            PersistenceDocs, "set", Kill, ("config", "single"), ("fsync", "no")) with
        {
            Note = "what a process has written the kernel keeps, though it was never synced: kill -9 is no"
                + " power cut",
        },
        Run("one server, AOF, fsync always", "set of acknowledged writes", "power cut",
            Expectation.Prevented, PersistenceDocs, "set", PowerCut, ("config", "single"),
            ("fsync", "always")),
        Run("one server, AOF, fsync everysec", "set of acknowledged writes", "power cut",
            Expectation.Occurs, PersistenceDocs, "set", PowerCut, ("config", "single"),
            ("fsync", "everysec")) with { Seeds = 3 },
        Run("one server, AOF, fsync no", "set of acknowledged writes", "power cut", Expectation.Occurs,
            PersistenceDocs, "set", PowerCut, ("config", "single"), ("fsync", "no")),
        Run("one server, no log", "set of acknowledged writes", "kill -9", Expectation.Occurs,
            PersistenceDocs, "set", Kill, ("config", "single"), ("fsync", "none")),
        Run("one server", "transactions as scripts, strict-serializable", "none", Expectation.Prevented,
            "https://redis.io/docs/latest/develop/programmability/eval-intro/", "list-append",
            FaultPlan.None, ("config", "single"), ("workload", "append")),
        Run("one server, SET NX PX", "lost update under the lock", "holders stall beyond its time",
            Expectation.Occurs, LockDocs, "counter", FaultPlan.None,
            ("config", "single"), ("workload", "lock"), ("stall", "on")),
        Run("one server, SET NX PX with fencing tokens", "lost update under the lock",
            "holders stall beyond its time", Expectation.Prevented,
            "https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html", "counter",
            FaultPlan.None, ("config", "single"), ("workload", "fenced-lock"), ("stall", "on")),
        Run("one server, LMOVE and LREM", "acknowledged elements lost", "kill -9", Expectation.Prevented,
            QueueDocs, "total-queue", Kill,
            ("config", "single"), ("workload", "acknowledged-queue")),
        Run("replicas, reads at any", "reads go back in time", "none", Expectation.MayOccur, ReplicationDocs,
            "monotonic-reads", FaultPlan.None,
            ("config", "replicas"), ("workload", "register"), ("reads", "any")),
        Run("replicas, reads at the nearest", "reads staler than 1 s", "partition", Expectation.Occurs,
            ReplicationDocs, "bounded-staleness", Cut("n3"),
            ("config", "replicas"), ("workload", "register"), ("reads", "nearest")),
    ];

    static FaultPlan Kill => new([new CrashFault { At = 2 * s_second, For = s_second, Nodes = ["n1"] }]);

    static FaultPlan PowerCut =>
        new([new PowerCutFault { At = 2.5 * s_second, For = s_second, Nodes = ["n1"] }]);

    static FaultPlan Cut(string node, int nodes = 3) => new(
    [
        new PartitionFault
        {
            At = 2 * s_second, For = 6 * s_second,
            Groups =
            [
                [node],
                [.. Enumerable.Range(1, nodes).Select(number => $"n{number}").Where(name => name != node)],
            ],
        },
    ]);

    static RunRow Run(
        string configuration, string workload, string nemesis, Expectation expected, string source,
        string promise, FaultPlan faults, params (string Name, string Value)[] options) =>
        new(configuration, workload, nemesis, expected, source)
        {
            Options = options.ToDictionary(
                option => option.Name, option => option.Value, StringComparer.Ordinal),
            Faults = faults,
            Promise = promise,
        };
}
