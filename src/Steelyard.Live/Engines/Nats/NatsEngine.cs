using Steelyard.Analysis.Workloads.Queues;
using Steelyard.Live.Matrix;
using Steelyard.Live.Workloads;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Engines.Nats;

/// <summary>NATS: messages to whoever listens, and JetStream, which keeps them on a majority.</summary>
internal sealed class NatsEngine : Engine
{
    /// <summary>The option that says whether a publisher that heard nothing tries again.</summary>
    public const string Again = "again";

    /// <summary>The server.</summary>
    public static EngineProgram Server { get; } = new("nats-server", "nats-server");

    /// <inheritdoc/>
    public override string Name => "nats";

    /// <inheritdoc/>
    public override string Summary =>
        "NATS: JetStream acknowledges what a majority has; without it a message reaches whoever listens then";

    /// <inheritdoc/>
    public override string Story =>
        "JetStream keeps a stream on three servers (Raft) and acknowledges a message that a majority has"
        + " written. It does not sync files before it does so, so a kill loses nothing, while a loss of power"
        + " on a majority would. NATS without JetStream hands a message to whoever listens at that moment: at"
        + " most once.";

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } = [Server];

    /// <inheritdoc/>
    public override (string Image, string? User)? Image => ("docker.io/library/nats:2.9-alpine", null);

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases { get; } =
        [EngineRelease.Told("nats-server", Server, "--version", "2.9")];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } =
    [
        new("three", 3, "three servers, the stream on all of them"),
        new("single", 1, "one server"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> SetupsElsewhere => ["three", "single"];

    /// <inheritdoc/>
    public override IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Again,
            "What a publisher does that heard nothing: no; plain (it publishes the message again); with-id"
            + " (it does so under the same Nats-Msg-Id)",
            "no", "plain", "with-id"),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads { get; } =
    [
        LiveWorkloads.AcknowledgedSet, LiveWorkloads.Queue, LiveWorkloads.Log,
        new(
            "core", "a queue group without JetStream: a message reaches one who listens, at most once",
            _ => new BrokerQueueWorkload(NatsClient.CoreQueue), _ => [new TotalQueue()]),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<MatrixRow> Rows => NatsRows.All;

    /// <inheritdoc/>
    public override string WhyNoClock => OfGo;

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    protected override string? WhyNoChange(EngineSetup setup, MembershipChangeKind change) =>
        change == MembershipChangeKind.AddLearner
            ? "JetStream knows nobody who learns and does not count" : null;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new NatsCluster(setup, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new NatsClient((NatsCluster)cluster, seat);
}
