using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>What Jepsen and ZooKeeper's guide for programmers say of it, as rows to try.</summary>
internal static class ZooKeeperRows
{
    const string Jepsen = "https://aphyr.com/posts/291-jepsen-zookeeper";
    const string Guide = "ZooKeeper programmer's guide, consistency guarantees";

    // Before the rows, which are made with it.
    static readonly IReadOnlyList<string> s_leader = [Fault.Leader];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        new ScriptRow(
            "plain getData on a follower", "register: a stale read", "link from the leader down",
            Expectation.Occurs, Jepsen)
        {
            Setup = "ensemble", Try = (cluster, stop) => ZooKeeperStaleRead.Try((ZooKeeperCluster)cluster, stop),
        },
        Register("plain", "not causally consistent", "causal+", "kill -9 of the leader", Kill,
            Expectation.Prevented, Guide),
        Register("plain", "not causally consistent", "causal+", "links of a follower down now and then", Cuts,
            Expectation.Prevented, Guide),
        Register("sync", "not linearizable", "linearizable", "links of a follower down now and then", Cuts,
            Expectation.Prevented, Jepsen),
        Register("sync", "not linearizable", "linearizable", "partition of the leader", Partition,
            Expectation.MayOccur, Jepsen),
        new RunRow(
            "three servers", "set: an acknowledged add is lost", "kill -9 of all servers", Expectation.Prevented,
            Guide)
        {
            Options = Options(("workload", "set")), Faults = KillAll, Promise = "set",
        },
        LockedSet("none", Expectation.Occurs),
        LockedSet("ticket", Expectation.Prevented),
    ];

    static FaultPlan Kill => new([new CrashFault { At = Seconds(2), For = Seconds(4), Nodes = s_leader }]);

    static FaultPlan KillAll => new(
        [new CrashFault { At = Seconds(3), For = Seconds(1), Nodes = ["n1", "n2", "n3"] }]);

    static FaultPlan Partition => new([new PartitionFault
    {
        At = Seconds(2), For = Seconds(5), Groups = [s_leader, ["n1", "n2", "n3"]],
    }]);

    // Shorter than the two seconds after which a follower gives its leader up.
    static FaultPlan Cuts => new([.. new[] { 1, 3, 5, 7 }.Select(second => new CutFault
    {
        At = Seconds(second), For = Seconds(1), From = s_leader, To = ["n1"],
    })]);

    static RunRow Register(
        string reads, string what, string promise, string nemesis, FaultPlan plan, Expectation expected,
        string source) => new($"{reads} reads", "register: " + what, nemesis, expected, source)
        {
            Options = Options(("workload", "register"), ("reads", reads)), Faults = plan, Promise = promise,
        };

    static RunRow LockedSet(string fencing, Expectation expected) => new(
        $"lock by ephemeral tickets, fencing {fencing}", "an update under the lock is lost",
        "holders stand still for longer than the session", expected, Guide)
    {
        Options = Options(("workload", "locked-set"), ("fencing", fencing), ("holders", "stalled")),
        Promise = "set", Duration = Seconds(20), Seeds = expected == Expectation.Occurs ? 3 : 1,
    };

    static Dictionary<string, string> Options(params (string Name, string Value)[] options) =>
        options.ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal);

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
