using Steelyard.Analysis.Effects;
using Steelyard.Designs.Raft;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Chat;

/// <summary>A chat that must answer through a partition: the AP side of the trade.</summary>
internal sealed class ChatDesign : IDesign
{
    static readonly TimeSpan UsualSlo = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Name => "chat";

    /// <inheritdoc/>
    public string Summary =>
        "A chat in two data centres: everybody can always talk, and what was said apart is merged later.";

    /// <inheritdoc/>
    public string Story =>
        "People in the USA and in Europe talk in shared rooms, each beside a server of their own data"
        + " centre. For the middle third of the run the two cannot reach each other. Each goes on"
        + " accepting messages on its own disk and tells the other when it can; nothing that was"
        + " acknowledged may be lost, no message may show twice, no reply may show before what it answers,"
        + " and in the end all servers show the same. A status set on both sides is where merging gets"
        + " hard: clocks here are up to two seconds apart, so last-writer-wins (--resolve lww) may keep"
        + " the older status and lose the newer, while vector clocks keep both as siblings, a map with an"
        + " entry for each device never conflicts, and the application may choose by a rule of its own."
        + " With --replication raft the smaller side can say nothing at all until the link is back, and"
        + " the rest wait for the ocean with every word.";

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            "replication", "async: accept locally, tell the others later; raft: a majority decides each word",
            "async", "raft"),
        DesignOption.Choice(
            "resolve", "which status stands when several were set apart",
            "lww", "vector-clock", "crdt", "app")
            with { Default = "crdt" },
        new("clock-skew", OptionShape.Duration, "2s", "largest offset of a server's wall clock, either way"),
        DesignOption.Choice(
            "ordering", "of messages in a room: by hybrid logical clock, or as they arrive",
            "hlc", "arrival"),
        DesignOption.Choice("causal", "off shows replies without waiting for what they answer", "on", "off"),
        DesignOption.Choice("dedup", "off shows a message again that was sent again", "on", "off"),
        DesignOption.Choice("anti-entropy", "off leaves lost what a link lost", "on", "off"),
        DesignOption.Choice("outbox", "off gives up on what could not be sent at once", "on", "off"),
        DesignOption.Choice(
            "acknowledge", "a message when the disk has it (saved), or before (early)", "saved", "early"),
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var raft = options.Choice("replication") == "raft";
        var nodes = options.Common.Nodes ?? 5;
        var europe = nodes / 2;
        var topology = TopologyOf(nodes - europe, europe, options.Duration("clock-skew"));
        var clients = options.Common.Clients ?? 20;
        var duration = options.Common.Duration ?? TimeSpan.FromSeconds(30);
        return new()
        {
            Design = Name,
            Summary = Describe(raft, nodes - europe, europe, options),
            Cluster = topology,
            Deployment = new SimulatedDeployment
            {
                CreateNode = raft
                    ? static world => new AtMostOnce(
                        world, ChatFunctions.IsRead,
                        static inner => new RaftNode(inner, static () => new ChatMachine(), new()))
                    : NodesOf(options),
                CreateClient = ClientsOf(raft, options.Choice("outbox") == "on"),
            },
            Load = new()
            {
                CreateWorkload = () => new ChatWorkload(topology, clients),
                Clients = clients,
                RatePerSecond = options.Common.RatePerSecond ?? 60,
                Duration = duration,
            },
            Promises = new()
            {
                AnswerLimit = options.Common.Slo ?? UsualSlo,
                Expectations = ExpectationsOf(options),
                Tolerance = new()
                {
                    NodesDown = (nodes - 1) / 2,
                    Amnesia = true,
                    TornWrites = true,
                    DiskPressure = true,
                    // Only last-writer-wins believes the clocks.
                    ClockSkew = !raft && options.Choice("resolve") == "lww" ? TimeSpan.Zero : null,
                    ClockDriftPpm = raft ? 10_000 : null,
                },
            },
            StoryFaults = nodes == 1
                ? FaultPlan.None
                : new([DataCentres.CutFrom(topology, duration / 3, duration / 3)]),
        };
    }

    // Phones: one message in a hundred is lost on the way, and an ocean lies between the sites.
    static Topology TopologyOf(int usa, int europe, TimeSpan skew) =>
        Topology.Of(("usa", usa), ("europe", europe)) with
        {
            BetweenSites = new ExponentialLatency(
                TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(3)),
            Loss = 0.01,
            InitialSkew = skew,
        };

    static string Describe(bool raft, int usa, int europe, DesignOptions options)
    {
        var where = $"{usa} servers in the USA and {europe} in Europe";
        if (raft)
            return $"{where} behind Raft: a majority decides each word";
        var resolve = options.Choice("resolve") switch
        {
            "lww" => "the status with the latest clock stands",
            "vector-clock" => "statuses set apart stand side by side",
            "crdt" => "each device has an entry of its own in the status",
            _ => "of statuses set apart the most private is shown",
        };
        return $"{where} that accept locally and tell each other later; {resolve}";
    }

    static Func<INodeWorld, INode> NodesOf(DesignOptions options)
    {
        var chat = new ChatOptions(
            new(
                ByTime: options.Choice("ordering") == "hlc",
                Causal: options.Choice("causal") == "on",
                Dedup: options.Choice("dedup") == "on"),
            ResolutionOf(options),
            new()
            {
                Repairs = options.Choice("anti-entropy") == "on",
                SavesFirst = options.Choice("acknowledge") == "saved",
            });
        return world => new ChatNode(world, chat);
    }

    static StatusResolution ResolutionOf(DesignOptions options) => options.Choice("resolve") switch
    {
        "lww" => StatusResolution.Lww,
        "vector-clock" => StatusResolution.VectorClock,
        "crdt" => StatusResolution.Crdt,
        _ => StatusResolution.App,
    };

    static Func<IClientWorld, IClient> ClientsOf(bool raft, bool queues)
    {
        if (!raft)
            return world => new ChatClient(world, queues);
        var retries = new RetryOptions
        {
            IsRead = ChatFunctions.IsRead,
            Patience = TimeSpan.FromMilliseconds(100),
        };
        return world => new RetryingClient(world, retries);
    }

    static IReadOnlyList<IChecker> ExpectationsOf(DesignOptions options)
    {
        var appDecides =
            options.Choice("replication") == "async" && ResolutionOf(options) == StatusResolution.App;
        return
        [
            new AvailableIfCut(),
            new AcknowledgedKept(),
            new DeliveredOnce(),
            new RepliesAfterParents(),
            new StatusKept(appDecides ? Presence.Outranks : null),
            new ReplicasConverge(),
        ];
    }
}
