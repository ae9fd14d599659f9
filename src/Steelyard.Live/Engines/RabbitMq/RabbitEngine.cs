using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>RabbitMQ: quorum queues, and the mirrored ones before them.</summary>
internal sealed class RabbitEngine : Engine
{
    /// <summary>The option that says what nodes do that were cut off from others.</summary>
    public const string Partitions = "partitions";

    const string Script = "/usr/lib/rabbitmq/bin/rabbitmq-server";

    /// <summary>The server.</summary>
    public static EngineProgram Server { get; } = new("rabbitmq-server", "rabbitmq-server");

    // What stands on the PATH in Debian writes into a log of the whole machine.
    /// <summary>Its file.</summary>
    /// <param name="source">Where it comes from.</param>
    public static string ServerFile(EngineSource source) =>
        source.FileOf(Server) is var found && source.Folder is null && File.Exists(Script) ? Script : found;

    /// <summary>The port mapper of Erlang nodes.</summary>
    public static EngineProgram Mapper { get; } = new("epmd", "erlang-base") { IsOfMachine = true };

    /// <summary>What evaluates an expression on a node.</summary>
    public static EngineProgram Call { get; } =
        new("erl_call", "erlang-base", ErlangFolders()) { IsOfMachine = true };

    /// <inheritdoc/>
    public override string Name => "rabbitmq";

    /// <inheritdoc/>
    public override string Summary =>
        "RabbitMQ: quorum queues keep what they confirm; mirrored ones lose it when a partition heals";

    /// <inheritdoc/>
    public override string Story =>
        "A quorum queue is replicated by Raft: what a majority has is confirmed and stays. A classic queue"
        + " that is mirrored goes on on both sides of a partition, each side confirming what it is given;"
        + " when the partition heals one side is thrown away. A queue with one message makes no lock: whoever"
        + " is cut off believes that he still holds it.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server, Mapper, Call];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Named("RabbitMQ", Plugins, "rabbit-*", "3.10")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("quorum", 3, "three nodes, quorum queues on all of them"),
        new("mirrored", 3, "three nodes, classic queues mirrored to all of them"),
        new("single", 1, "one node, classic durable queues"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["quorum", "single"];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Partitions,
            "What nodes do that were cut off from one another (cluster_partition_handling): autoheal (the"
            + " side with fewer clients starts afresh), ignore, pause_minority",
            "autoheal", "ignore", "pause_minority"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
        [LiveWorkloads.Queue, LiveWorkloads.Lock];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => RabbitRows.All;

    /// <inheritdoc/>
    public override string WhyNoClock => Untold;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) =>
        change == MembershipChangeKind.AddLearner
            ? "queues of RabbitMQ have nobody here who learns and does not vote" : null;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new RabbitCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new RabbitClient((RabbitCluster)cluster, seat);

    // They lie beside the folder of its script, wherever a link to that stands.
    static string Plugins(ClusterPlace place)
    {
        var script = ServerFile(place.Source);
        script = File.ResolveLinkTarget(script, returnFinalTarget: true)?.FullName ?? script;
        return Path.Combine(Path.GetDirectoryName(script)!, "..", "plugins");
    }

    // It stands in the folder of the runtime's version, and not on the PATH.
    static IReadOnlyList<string> ErlangFolders() => Directory.Exists("/usr/lib/erlang")
        ? [.. Directory.GetDirectories("/usr/lib/erlang", "erts-*").Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, "bin"))]
        : [];
}
