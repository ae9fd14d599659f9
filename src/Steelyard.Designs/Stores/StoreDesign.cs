using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Analysis.Staleness;
using Steelyard.Designs.PrimaryBackup;
using Steelyard.Designs.Quorum;
using Steelyard.Designs.Raft;
using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Stores;

/// <summary>
/// A replicated store of keys: the same replications and read levels for registers and for maps, each
/// judged as what it promises, whatever mechanism it has been given to keep it.
/// </summary>
internal abstract class StoreDesign : IDesign
{
    static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(2);
    static readonly TimeSpan UsualSlo = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract string Story { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options => RegisterStoreOptions.All;

    /// <summary>Share of the writes that depend on what was there, in [0, 1].</summary>
    protected virtual double ConditionalShare => 0.2;

    /// <summary>What a history of the store must be explained by.</summary>
    protected abstract Model Model { get; }

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        StoreMistakes.Check(options);
        var nodes = options.Common.Nodes ?? DefaultNodes(options);
        var clients = options.Common.Clients ?? 6;
        var quorum = options.Choice("replication") == RegisterStoreOptions.Quorum;
        if (quorum && nodes < options.Count("n"))
            throw new UserMistakeException(
                $"--n: expected at most as many replicas as there are nodes ({nodes}),"
                + $" found {options.Count("n")}");
        // The compare and the append need an order of all writes, which quorums of plain registers do not
        // give; and the checkers of weaker reads tell versions apart by their values.
        var conditional = quorum || LevelOf(options) != ReadLevel.Leader ? 0 : ConditionalShare;
        var replicas = quorum ? options.Count("n") : nodes;
        var topology = TopologyOf(options, nodes);
        var load = new KeyedLoad { Clients = clients, Replicas = replicas, ConditionalShare = conditional };
        return new()
        {
            Design = Name,
            Summary = Describe(options, nodes),
            Cluster = options.Choice("replication") == RegisterStoreOptions.Raft
                ? MembershipStory.Changeable(topology)
                : topology,
            Deployment = new SimulatedDeployment
            {
                CreateNode = NodeOf(options, nodes),
                CreateClient = ClientOf(options),
            },
            Load = new()
            {
                CreateWorkload = () => CreateWorkload(load),
                Clients = clients,
                RatePerSecond = options.Common.RatePerSecond ?? 50,
                Duration = options.Common.Duration ?? TimeSpan.FromSeconds(15),
                Settle = TimeSpan.FromSeconds(5),
            },
            Promises = new()
            {
                AnswerLimit = options.Common.Slo ?? UsualSlo,
                Expectations = Promises(options),
                Tolerance = ToleranceOf(options, nodes),
            },
            StoryFaults = StoryOf(options, topology),
        };
    }

    /// <inheritdoc/>
    public KnownGuarantee? KnownOf(DesignOptions options) => KnownStores.Of(options);

    /// <summary>Makes the machine that replicas drive.</summary>
    protected abstract IStateMachine CreateMachine();

    /// <summary>Makes the workload of a run.</summary>
    protected abstract IWorkload CreateWorkload(KeyedLoad load);

    static int DefaultNodes(DesignOptions options) => options.Choice("replication") switch
    {
        RegisterStoreOptions.Single => 1,
        RegisterStoreOptions.Quorum => options.Count("n") + (options.Flag("sloppy") ? 2 : 0),
        _ when IsMembershipStory(options) => 5,
        _ => 3,
    };

    // Two data centres; the larger part stands in the first.
    static Topology TopologyOf(DesignOptions options, int nodes)
    {
        var topology = nodes == 1
            ? Topology.Of(("east", 1))
            : Topology.Of(("east", (nodes + 1) / 2), ("west", nodes / 2));
        topology = topology with
        {
            InitialSkew = TimeSpan.FromMilliseconds(50),
            // A network and disks as rented ones are: with tails, in which most of what can go wrong goes
            // wrong.
            BetweenSites = new ExponentialLatency(
                TimeSpan.FromMilliseconds(15), TimeSpan.FromMilliseconds(8)),
            SyncTime = new ExponentialLatency(TimeSpan.FromMilliseconds(2), TimeSpan.FromMilliseconds(3)),
        };
        return IsMembershipStory(options) ? MembershipStory.Of(topology) : topology;
    }

    static bool IsMembershipStory(DesignOptions options) => options.Choice("story") == MembershipStory.Name;

    // A single node cannot be cut from itself: its story is a crash.
    static FaultPlan StoryOf(DesignOptions options, Topology topology)
    {
        var duration = options.Common.Duration ?? TimeSpan.FromSeconds(15);
        var (at, length) = (duration / 3, duration / 3);
        if (IsMembershipStory(options))
            return MembershipStory.Plan(topology, duration);
        if (topology.Nodes.Count == 1)
            return new([new CrashFault { At = at, For = length, Nodes = ["n1"] }]);
        var names = topology.Nodes.GroupBy(node => node.Site).Select(
            IReadOnlyList<string> (site) => [.. site.Select(node => node.Name)]);
        return new([new PartitionFault { At = at, For = length, Groups = [.. names] }]);
    }

    static ReadLevel LevelOf(DesignOptions options) => options.Choice("reads") switch
    {
        "any" => ReadLevel.Any,
        "session" => ReadLevel.Session,
        "monotonic" => ReadLevel.Monotonic,
        "bounded" => ReadLevel.Bounded,
        _ => ReadLevel.Leader,
    };

    static QuorumOptions QuorumOf(DesignOptions options) => new()
    {
        N = options.Count("n"),
        R = options.Count("r"),
        W = options.Count("w"),
        ReadRepair = options.Flag("read-repair"),
        WriteBack = options.Flag("write-back"),
        Sloppy = options.Flag("sloppy"),
        Resolution = options.Choice("resolve") switch
        {
            "vector-clock" => VersionResolution.VectorClock,
            "dotted" => VersionResolution.Dotted,
            _ => VersionResolution.Lww,
        },
        Tags = options.Choice("tags") == "clock" ? TagSource.Clock : TagSource.Counter,
        Level = LevelOf(options),
    };

    static RaftOptions RaftOf(DesignOptions options)
    {
        var bug = RegisterStoreOptions.Bug(options);
        return new()
        {
            SnapshotEvery = 10,
            LeaseReads = options.Flag("lease") || RegisterStoreOptions.IsOfLease(bug),
            Bug = bug,
        };
    }

    Func<INodeWorld, INode> NodeOf(DesignOptions options, int nodes)
    {
        var voters = IsMembershipStory(options) ? MembershipStory.VotersOf(nodes) : nodes;
        var quorum = QuorumOf(options);
        var raft = RaftOf(options);
        var replication = options.Choice("replication");
        var primary = new PrimaryBackupOptions { Synchronous = replication != RegisterStoreOptions.Async };
        Func<INodeWorld, INode> create = replication switch
        {
            RegisterStoreOptions.Quorum => world => new QuorumNode(world, quorum),
            RegisterStoreOptions.Raft => world => new RaftNode(world, CreateMachine, raft, voters),
            _ => world => new PrimaryBackupNode(world, CreateMachine, primary),
        };
        return world => new AtMostOnce(world, IsRead, create);
    }

    static bool IsRead(string function) => function is Functions.Read or Functions.Get;

    Func<IClientWorld, IClient> ClientOf(DesignOptions options)
    {
        if (options.Choice("replication") == RegisterStoreOptions.Quorum)
        {
            var quorum = QuorumOf(options);
            return world => new QuorumClient(world, quorum);
        }

        var retry = new RetryOptions
        {
            IsRead = IsRead,
            Timeout = ClientTimeout,
            AttemptTimeout = ClientTimeout / 16,
            Level = LevelOf(options),
            MaxStaleness = options.Duration("staleness"),
        };
        return world => new RetryingClient(world, retry);
    }

    // What is judged follows from what the user was promised, never from the mechanism chosen to keep it.
    IReadOnlyList<IChecker> Promises(DesignOptions options)
    {
        if (options.Choice("resolve") != "lww")
            return [new ReplicasConverge()];
        var staleness = options.Duration("staleness");
        return LevelOf(options) switch
        {
            ReadLevel.Leader => [new Linearizable(Model), new ReplicasConverge()],
            ReadLevel.Session => [new ReadYourWrites(), new MonotonicReads(), new ReplicasConverge()],
            ReadLevel.Monotonic => [new MonotonicReads(), new ReplicasConverge()],
            ReadLevel.Bounded => [new BoundedStaleness(staleness), new ReplicasConverge()],
            _ => [new ReplicasConverge()],
        };
    }

    static FaultTolerance ToleranceOf(DesignOptions options, int nodes)
    {
        var isChanged = IsMembershipStory(options);
        var minority = ((isChanged ? MembershipStory.VotersOf(nodes) : nodes) - 1) / 2;
        var replication = options.Choice("replication");
        var quorum = QuorumOf(options);
        var trustsClocks = RaftOf(options).LeaseReads || LevelOf(options) == ReadLevel.Bounded;
        return new()
        {
            NodesDown = replication == RegisterStoreOptions.Single ? 1 : Math.Max(1, minority),
            Amnesia = true,
            TornWrites = true,
            DiskPressure = true,
            Membership = isChanged,
            NodesCorrupted = replication switch
            {
                // Of two voters that are left for a while, none may lose what it promised.
                _ when isChanged => 0,
                RegisterStoreOptions.Raft => minority,
                RegisterStoreOptions.Quorum => Math.Min(quorum.N - quorum.R, quorum.N - quorum.W),
                _ => 0,
            },
            // Leases trust that monotonic clocks run at nearly one rate; so do bounds on staleness.
            ClockDriftPpm = trustsClocks ? 20_000 : null,
        };
    }

    string Describe(DesignOptions options, int nodes)
    {
        var how = options.Choice("replication") switch
        {
            RegisterStoreOptions.Single => "on one node",
            RegisterStoreOptions.Sync => $"on a primary that waits for its {nodes - 1} backups",
            RegisterStoreOptions.Async => $"on a primary that does not wait for its {nodes - 1} backups",
            RegisterStoreOptions.Quorum => QuorumOf(options) is var q
                ? $"on quorums of {q.N} replicas, r = {q.R}, w = {q.W}" : "",
            _ when IsMembershipStory(options) =>
                $"on {MembershipStory.VotersOf(nodes)} of {nodes} servers behind Raft, replaced one by one",
            _ => $"on {nodes} replicas behind Raft",
        };
        return $"a {Name} {how}, reads: {options.Choice("reads")}";
    }
}
