using Steelyard.Live.Faults;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>What Jepsen, etcd's documentation and its robustness tests say of etcd, as rows to try.</summary>
internal static class EtcdRows
{
    const string Jepsen = "https://jepsen.io/analyses/etcd-3.4.3";
    const string Guarantees = "etcd's API guarantees";
    const string Robustness = "etcd-io/etcd, tests/robustness/README.md, issue ";

    // Before the rows, which are made with it.
    static readonly IReadOnlyList<string> s_leader = [Fault.Leader];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Default("register", "linearizable", "pause of the leader", Pause),
        Default("register", "linearizable", "kill -9 of the leader", Kill),
        Default("register", "linearizable", "partition of the leader", Partition),
        Default("append", "list-append", "pause of the leader", Pause),
        Default("append", "list-append", "kill -9 of the leader", Kill),
        Default("append", "list-append", "partition of the leader", Partition),
        Default("set", "set", "kill -9 of all members", KillAll),
        new RunRow(
            "watch", "events lost, doubled or out of order", "partition of the leader", Expectation.Prevented,
            Jepsen)
        {
            Options = Options(("workload", "watch")), Faults = Partition, Promise = "watch",
        },
        Lock("none", "steady", Expectation.Prevented),
        Lock("none", "stalled", Expectation.Occurs),
        LockedSet("none", Expectation.Occurs),
        LockedSet("revision", Expectation.Prevented),
        new RunRow(
            "one member", "an acknowledged write is gone after a crash", "kill -9", Expectation.Prevented,
            Robustness + "14370")
        {
            Options = Options(("config", "single"), ("workload", "set")), Faults = Kills, Promise = "set",
            Note = "mended in 3.4.21, and kill -9 leaves what the kernel has",
        },
        new RunRow(
            "one member", "an acknowledged write is gone after a crash", "power cut", Expectation.Prevented,
            Robustness + "14370")
        {
            Options = Options(("config", "single"), ("workload", "set")), Faults = PowerCut("n1"),
            Promise = "set", Note = "mended in 3.4.21",
        },
        Default("set", "set", "power of all is cut", PowerCut("n1", "n2", "n3")),
        Cut(
            "get with serializable=true on a member that is cut off", "a stale read", Expectation.Occurs,
            seen => seen.Alone == "1", Guarantees),
        Cut(
            "default get on a member that is cut off", "an answer", Expectation.Prevented,
            seen => seen.Asking is not null, Guarantees),
        Cut(
            "default get on the majority", "a stale read", Expectation.Prevented,
            seen => seen.Majority != "2", Guarantees),
        new ScriptRow(
            "watch", "a notice of progress is ahead of the events", "slow stream", Expectation.Occurs,
            Robustness + "15220")
        {
            Setup = "single", Try = EtcdWatchScripts.ProgressAhead,
        },
        new ScriptRow(
            "watch", "compaction at a delete drops the event of the delete", "compaction", Expectation.Occurs,
            Robustness + "18089, 19179")
        {
            Setup = "single", Try = EtcdWatchScripts.DeleteCompacted,
        },
        new ScriptRow(
            "watch", "from a revision still to come, over a snapshot: events below it", "link down",
            Expectation.Occurs, Robustness + "20221")
        {
            Setup = EtcdCluster.Snapshots, Try = EtcdWatchScripts.FutureRevision,
        },
        new ScriptRow(
            "watch", "clients go on with a member that waits for its snapshot: told again of what they knew",
            "link down", Expectation.MayOccur, Robustness + "15271")
        {
            Setup = EtcdCluster.Snapshots, Try = EtcdWatchScripts.BackInTime,
        },
    ];

    static FaultPlan Pause => new([new PauseFault { At = Seconds(2), For = Seconds(4), Nodes = s_leader }]);

    static FaultPlan Kill => new([new CrashFault { At = Seconds(2), For = Seconds(4), Nodes = s_leader }]);

    static FaultPlan KillAll => new(
        [new CrashFault { At = Seconds(3), For = Seconds(1), Nodes = ["n1", "n2", "n3"] }]);

    static FaultPlan PowerCut(params string[] nodes) =>
        new([new PowerCutFault { At = Seconds(3), For = Seconds(1), Nodes = nodes }]);

    static FaultPlan Kills => new([.. new[] { 2, 4, 6, 8 }.Select(second =>
        new CrashFault { At = Seconds(second), For = Seconds(0.5), Nodes = ["n1"] })]);

    static FaultPlan Partition => new([new PartitionFault
    {
        At = Seconds(2), For = Seconds(5), Groups = [s_leader, ["n1", "n2", "n3"]],
    }]);

    static RunRow Default(string workload, string promise, string nemesis, FaultPlan plan) => new(
        "default get, put, txn", workload switch
        {
            "register" => "register: not linearizable",
            "append" => "append: not strictly serializable",
            _ => "set: an acknowledged add is lost",
        },
        nemesis, Expectation.Prevented, Jepsen)
    {
        Options = Options(("workload", workload)), Faults = plan, Promise = promise,
    };

    static RunRow Lock(string fencing, string holders, Expectation expected) => new(
        $"lock under a lease, fencing {fencing}", "two holders at once",
        holders == "steady" ? "none" : "holders stand still for longer than the lease", expected, Jepsen)
    {
        Options = Options(("workload", "lock"), ("fencing", fencing), ("holders", holders)),
        Promise = "fenced-mutex", Duration = Seconds(15), Seeds = 3,
    };

    static RunRow LockedSet(string fencing, Expectation expected) => new(
        $"lock under a lease, fencing {fencing}", "an update under the lock is lost",
        "holders stand still for longer than the lease", expected, Jepsen)
    {
        Options = Options(("workload", "locked-set"), ("fencing", fencing), ("holders", "stalled")),
        Promise = "set", Duration = Seconds(15), Seeds = expected == Expectation.Occurs ? 3 : 1,
    };

    static ScriptRow Cut(
        string configuration, string what, Expectation expected, Func<EtcdCutReads, bool> occurred,
        string source) => new(configuration, "register: " + what, "link down", expected, source)
        {
            Setup = "cluster",
            Try = (cluster, stop) => EtcdCutReads.Try((EtcdCluster)cluster, occurred, stop),
        };

    static Dictionary<string, string> Options(params (string Name, string Value)[] options) =>
        options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
