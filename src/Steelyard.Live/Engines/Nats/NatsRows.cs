using Steelyard.Live.Faults;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Nats;

/// <summary>What is said of NATS.</summary>
internal static class NatsRows
{
    const string Three = "three servers, R3 file store";
    const string Jepsen = "jepsen.io/analyses/nats-2.12.1; github.com/nats-io/nats-server/issues/7564";
    const string Manual = "docs.nats.io: JetStream, consumers, de-duplication";

    static readonly FaultPlan s_kill = new([new CrashFault
    {
        At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(4), Nodes = [Fault.Leader],
    }]);

    static readonly FaultPlan s_dark = new([new PowerCutFault
    {
        At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(1), Nodes = ["n1", "n2", "n3"],
    }]);

    static readonly FaultPlan s_cut = new([new PartitionFault
    {
        At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(6), Groups = [["n1"], ["n2", "n3"]],
    }]);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Row("acknowledged messages of a set", "kill -9 of the leader", Expectation.Prevented, Jepsen, "set",
            s_kill)
            with { Note = "a kill leaves the page cache, so what was not synced is not lost" },
        Row("acknowledged messages of a queue, taken out and acknowledged", "kill -9 of the leader",
            Expectation.Prevented, Manual, "queue", s_kill),
        Row("acknowledged messages of logs, in order", "partition, then heal", Expectation.Prevented, Manual,
            "log", s_cut),
        Row("a message twice in a log, published again after no answer", "kill -9 of the leader",
            Expectation.MayOccur, Manual, "log", s_kill, "plain"),
        Row("the same, under one Nats-Msg-Id", "kill -9 of the leader", Expectation.Prevented, Manual, "log",
            s_kill, "with-id"),
        Script("publish without JetStream, nobody listens", "none", Expectation.Occurs,
            "docs.nats.io: core NATS", NatsScripts.Absent),
        Script("publish without JetStream, the listener is slow", "none", Expectation.Occurs,
            "docs.nats.io: slow consumers", NatsScripts.Slow),
        Script("acknowledged messages", "a bit of one server's file turns", Expectation.MayOccur, Jepsen,
            NatsScripts.Damaged) with { LeavesWhole = false },
        Row("acknowledged messages of a set", "power of all is cut", Expectation.Occurs, Jepsen, "set",
            s_dark)
            with { Note = "sync_interval is two minutes where nobody says otherwise" },
    ];

    static RunRow Row(
        string workload, string nemesis, Expectation expected, string source, string name, FaultPlan faults,
        string again = "no") => new(Three, workload, nemesis, expected, source)
        {
            Options = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["workload"] = name, [NatsEngine.Again] = again,
            },
            Faults = faults,
            Promise = name switch
            {
                "queue" => "total-queue",
                "log" => "kafka",
                _ => "set",
            },
        };

    static ScriptRow Script(
        string workload, string nemesis, Expectation expected, string source,
        Func<EngineCluster, CancellationToken, Task<ScriptFinding>> script) =>
        new(Three, workload, nemesis, expected, source) { Setup = "three", Try = script };
}
