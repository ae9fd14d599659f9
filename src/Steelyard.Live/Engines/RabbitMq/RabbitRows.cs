using RabbitMQ.Client;
using Steelyard.Live.Matrix;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>What is said of RabbitMQ.</summary>
internal static class RabbitRows
{
    const string Loses =
        "aphyr.com/posts/315; jack-vanlightly.com, How to lose messages on a RabbitMQ cluster";
    const string Manual = "rabbitmq.com: reliability guide, quorum queues";
    const string Partition = "partition, then heal";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // A node is taken for down after four seconds, and both sides must go on for a while after that.
    static readonly FaultPlan s_cut = new([new PartitionFault
    {
        At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(14), Groups = [["n1"], ["n2", "n3"]],
    }]);

    static readonly FaultPlan s_kill = new([new CrashFault
    {
        At = TimeSpan.FromSeconds(2), For = TimeSpan.FromSeconds(4), Nodes = [Fault.Leader],
    }]);

    /// <summary>All of it.</summary>
    public static IReadOnlyList<MatrixRow> All { get; } =
    [
        Queue("classic mirrored queue, autoheal, confirms on", "mirrored", "autoheal", Partition, s_cut,
            Expectation.Occurs, Loses),
        Queue("classic mirrored queue, ignore, confirms on", "mirrored", "ignore", Partition, s_cut,
            Expectation.MayOccur, Loses)
            with { Note = "both sides keep what they have until somebody starts a node again" },
        Queue("quorum queue, confirms on", "quorum", "autoheal", Partition, s_cut, Expectation.Prevented,
            Manual),
        Queue("quorum queue, confirms on", "quorum", "autoheal", "kill -9 of the leader", s_kill,
            Expectation.Prevented, Manual),
        new RunRow(
            "classic mirrored queue with one message as a lock", "two holders", Partition, Expectation.Occurs,
            Loses)
        {
            Options = Options("mirrored", "lock", "autoheal"), Faults = s_cut, Promise = "linearizable",
            Duration = TimeSpan.FromSeconds(18),
        },
        new ScriptRow("quorum queue, acknowledgements by hand", "a message is given out again",
            "the consumer dies before it acknowledges", Expectation.Occurs, Manual)
        {
            Setup = "quorum", Try = Redelivers,
        },
    ];

    static RunRow Queue(
        string configuration, string setup, string partitions, string nemesis, FaultPlan faults,
        Expectation expected, string source) =>
        new(configuration, "a confirmed message is lost", nemesis, expected, source)
        {
            Options = Options(setup, "queue", partitions), Faults = faults, Promise = "total-queue",
            Duration = TimeSpan.FromSeconds(18),
        };

    static Dictionary<string, string> Options(string setup, string workload, string partitions) =>
        new(StringComparer.Ordinal)
        {
            ["config"] = setup, ["workload"] = workload, [RabbitEngine.Partitions] = partitions,
        };

    static async Task<ScriptFinding> Redelivers(EngineCluster engine, CancellationToken cancellation)
    {
        var cluster = (RabbitCluster)engine;
        await using var first = await RabbitLink.Connect(cluster.DirectOf(0), s_patience, cancellation);
        await using var taker = await first.CreateChannelAsync(RabbitLink.Confirming, cancellation);
        await RabbitLink.Publish(taker, RabbitCluster.Queue, 7, cancellation);
        var once = await taker.BasicGetAsync(RabbitCluster.Queue, autoAck: false, cancellation);
        await first.AbortAsync(cancellation);
        await using var second = await RabbitLink.Connect(cluster.DirectOf(1), s_patience, cancellation);
        await using var other = await second.CreateChannelAsync(RabbitLink.Confirming, cancellation);
        BasicGetResult? again = null;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_patience);
        while (again is null && !time.IsCancellationRequested)
            again = await other.BasicGetAsync(RabbitCluster.Queue, autoAck: true, cancellation);
        string[] transcript =
        [
            $"1: published 7, got {Told(once)}, and its connection was closed without an acknowledgement",
            $"2: got {Told(again)}",
        ];
        var occurred = once is not null && again is { Redelivered: true };
        return new(occurred, string.Join("; ", transcript), transcript);
    }

    static string Told(BasicGetResult? message) => message is null
        ? "nothing"
        : $"{RabbitLink.NumberOf(message)}, redelivered = {(message.Redelivered ? "true" : "false")}";
}
