using Steelyard.Analysis.Effects;
using Steelyard.Analysis.Linearizability;
using Steelyard.Analysis.Models;
using Steelyard.Designs.Raft;
using Steelyard.Designs.Requests;
using Steelyard.Designs.TwoPhaseCommit;
using Steelyard.Histories;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Bank;

/// <summary>Accounts that must stay right through a partition: the CP side of the trade.</summary>
internal sealed class BankDesign : IDesign
{
    static readonly TimeSpan UsualSlo = TimeSpan.FromMilliseconds(200);

    // A right bank needs a few thousand; a wrong one is told by the money before a longer search would tell
    // more.
    const long MostStates = 200_000;

    /// <inheritdoc/>
    public string Name => "bank";

    /// <inheritdoc/>
    public string Summary =>
        "A bank in two data centres: money stays right, and whoever cannot ask the others must refuse.";

    /// <inheritdoc/>
    public string Story =>
        "Branches in the east (three replicas) and the west (two) move money between shared accounts."
        + " For the middle third of the run the data centres cannot reach each other. If both sides went"
        + " on, each would pay out money that the other side pays out too; so one side has to say no. With"
        + " raft the side that holds a majority serves on and the other refuses at once: nobody is told a"
        + " thing that is later taken back. With write-all, where every replica must promise every"
        + " transfer, no side can move money during the cut, and a replica that promised just before it"
        + " cannot even be read. With async both sides say yes, and afterwards the books show the same"
        + " money spent twice. Every transfer carries an id made by its client, who repeats it until it is"
        + " answered; it must be charged exactly once.";

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            "replication",
            "raft: a majority decides; write-all: two-phase commit over every replica; async: each alone",
            "raft", "write-all", "async"),
        DesignOption.Choice(
            "dedup", "off forgets the ids of transfers, so that a retry may be charged again", "on", "off"),
        DesignOption.Choice(
            "story",
            "what breaks for the middle third: the link between the data centres, or whoever leads; or, with"
            + " raft, servers are replaced one by one",
            "partition", "dead-leader", MembershipStory.Name),
        new(
            "accounts", OptionShape.Count, $"{TransferWorkload.UsualAccounts}",
            "accounts, each opened with $100.00") { Minimum = 2 },
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var replication = options.Choice("replication");
        var nodes = options.Common.Nodes ?? 5;
        var west = nodes == 1 ? 0 : Math.Max(1, nodes * 2 / 5);
        var topology = Topology.Of(("east", nodes - west), ("west", west)) with { Loss = 0.001 };
        var isChanged = options.Choice("story") == MembershipStory.Name;
        if (isChanged && (replication != "raft" || nodes < 2))
            throw new UserMistakeException(
                $"--story membership: expected --replication raft and 2 nodes or more, found {replication}"
                + $" and {nodes}");
        if (isChanged)
            topology = MembershipStory.Of(topology);
        var voters = isChanged ? MembershipStory.VotersOf(nodes) : nodes;
        var names = topology.Nodes.Select(n => n.Name).ToArray();
        var accounts = options.Count("accounts");
        var opening = new SortedDictionary<long, long>(
            Enumerable.Range(1, accounts).ToDictionary(a => (long)a, _ => TransferWorkload.OpeningCents));
        var clients = options.Common.Clients ?? 10;
        var duration = options.Common.Duration ?? TimeSpan.FromSeconds(30);
        return new()
        {
            Design = Name,
            Summary = Describe(replication, nodes - west, west, options.Choice("dedup") == "on"),
            Cluster = replication == "raft" ? MembershipStory.Changeable(topology) : topology,
            Deployment = new SimulatedDeployment
            {
                CreateNode = NodesOf(replication, opening, options.Choice("dedup") == "on", voters),
                CreateClient = static world => new RetryingClient(world, Retries),
            },
            Load = new()
            {
                CreateWorkload = () => new BankWorkload(accounts, names, clients),
                Clients = clients,
                RatePerSecond = options.Common.RatePerSecond ?? 60,
                Duration = duration,
            },
            Promises = new()
            {
                AnswerLimit = options.Common.Slo ?? UsualSlo,
                Expectations = ExpectationsOf(opening),
                Tolerance = ToleranceOf(replication, voters) with { Membership = isChanged },
            },
            StoryFaults = StoryOf(options.Choice("story"), replication, topology, duration),
        };
    }

    /// <inheritdoc/>
    public KnownGuarantee? KnownOf(DesignOptions options) => options.Choice("replication") switch
    {
        "write-all" => new(
            "Atomic, and blocked by any replica that is away: one that has promised may not even be read"
            + " until it learns the outcome.",
            "Gray 1978, section 5.8.3; Bernstein, Hadzilacos and Goodman 1987, chapter 7",
            "every site must hold every transfer, and waiting is acceptable"),
        "async" => new(
            "Every replica goes on alone: both sides of a cut pay out the same money.",
            "Gilbert and Lynch 2002, theorem 1",
            "an overdraft can be settled afterwards, as real banks do with small sums"),
        _ => new(
            "Linearizable while a majority can talk; the other side must refuse.",
            "Ongaro and Ousterhout 2014, sections 5 and 8",
            "money must be right, and one side of a cut may say no"),
    };

    // Quick to believe a refusal: a customer at the counter wants to know.
    static RetryOptions Retries { get; } = new()
    {
        IsRead = IsRead,
        Patience = TimeSpan.FromMilliseconds(100),
    };

    static string Describe(string replication, int east, int west, bool dedup)
    {
        var how = replication switch
        {
            "raft" => "behind Raft: a majority decides",
            "write-all" => "under two-phase commit: every replica must promise every transfer",
            _ => "that decide alone and tell each other afterwards",
        };
        var forgetting = dedup ? "" : "; ids of transfers are forgotten";
        return $"{east} replicas in the east and {west} in the west {how}{forgetting}";
    }

    static bool IsRead(string function) => function == Functions.Balances;

    static Func<INodeWorld, INode> NodesOf(
        string replication, IReadOnlyDictionary<long, long> opening, bool dedup, int voters)
    {
        var create = ReplicasOf(replication, opening, dedup, voters);
        return world => new AtMostOnce(world, IsRead, create);
    }

    static Func<INodeWorld, INode> ReplicasOf(
        string replication, IReadOnlyDictionary<long, long> opening, bool dedup, int voters) =>
        replication switch
    {
        "raft" => world => new RaftNode(
            world,
            () => new BankMachine(opening, dedup),
            new() { Bug = dedup ? RaftBug.None : RaftBug.NoDedup },
            voters),
        "write-all" => world => new WriteAllNode(
            world, new BankMachine(opening, dedup), new() { Dedup = dedup }),
        _ => world => new LocalBankNode(world, opening, dedup),
    };

    static IReadOnlyList<IChecker> ExpectationsOf(IReadOnlyDictionary<long, long> opening) =>
    [
        new NoOverdraft(opening),
        new TotalConserved(opening.Values.Sum()),
        new ExactlyOnce(),
        new Linearizable(KnownModels.Bank(BankValues.OfBalances(opening)), MostStates),
        new ReplicasConverge(),
    ];

    static FaultTolerance ToleranceOf(string replication, int nodes) => new()
    {
        // Write-all stands nobody's absence, but comes back whole; the others go on without a minority.
        NodesDown = (nodes - 1) / 2,
        Amnesia = true,
        TornWrites = true,
        DiskPressure = true,
        NodesCorrupted = 0,
        ClockSkew = null,
        ClockDriftPpm = replication == "raft" ? 10_000 : null,
    };

    static FaultPlan StoryOf(string story, string replication, Topology topology, TimeSpan duration)
    {
        var (at, length) = (duration / 3, duration / 3);
        if (story == MembershipStory.Name)
            return MembershipStory.Plan(topology, duration);
        if (story == "dead-leader")
        {
            // Where nobody leads, the first node stands for it.
            var victim = replication == "async" ? topology.Nodes[0].Name : Fault.Leader;
            return new([new CrashFault { At = at, For = length, Nodes = [victim] }]);
        }

        return topology.Nodes.Count == 1 ? FaultPlan.None : new([DataCentres.CutFrom(topology, at, length)]);
    }
}
