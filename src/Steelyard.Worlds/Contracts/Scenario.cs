using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// What to run: a load on a cluster, what is deployed there, and what is promised. With a fault plan and a
/// seed it determines a run, bit for bit.
/// </summary>
public sealed record Scenario
{
    /// <summary>The design's name, as in <c>steelyard run bank</c>.</summary>
    public required string Design { get; init; }

    /// <summary>One sentence on this variant, for the report:
    /// <c>five replicas behind Raft, in two data centres</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>Who asks what, how often and for how long.</summary>
    public required OfferedLoad Load { get; init; }

    /// <summary>Who stands where.</summary>
    public required Topology Cluster { get; init; }

    /// <summary>What must hold, and under which faults.</summary>
    public Promises Promises { get; init; } = new();

    /// <summary>What runs on the cluster; it decides which worlds can run the scenario.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Kinds of faults that plans of it may have besides those that every world knows
    /// (<see cref="FaultKinds"/>).</summary>
    public IReadOnlyList<FaultKind> OwnFaults { get; init; } = [];

    /// <summary>How a nemesis draws faults for it; null is as each kind of fault is drawn for a
    /// cluster.</summary>
    public FaultRepertoire? Repertoire { get; init; }

    /// <summary>The fault its story is about; used when the user names none.</summary>
    public FaultPlan StoryFaults { get; init; } = FaultPlan.None;

    /// <summary>Faults of its story that each seed has others of: a nemesis plans them around
    /// <see cref="StoryFaults"/>.</summary>
    public FaultPalette StoryPalette { get; init; } = FaultPalette.None;

    /// <summary>
    /// How many scheduler events a run may take. One that takes more ends there, undecided: its messages make
    /// more messages, and nobody is served by waiting for it. The default grows with nodes, rate and time,
    /// and is at least ten times what any design here takes when it is right.
    /// </summary>
    public long EventBudget
    {
        get => field > 0 ? field : DefaultEventBudget();
        init;
    }

    // Heartbeats go from each node to each other, and a request may ask every node, some times over.
    long DefaultEventBudget()
    {
        const double once = 1_000_000;
        const double perPairEachSecond = 1_000;
        const double perNodeAndRequest = 200;
        double nodes = Cluster.Nodes.Count;
        var eachSecond = nodes * ((nodes * perPairEachSecond) + (Load.RatePerSecond * perNodeAndRequest));
        var seconds = (Load.Duration + Load.Settle).TotalSeconds;
        return (long)Math.Min(once + (seconds * eachSecond), long.MaxValue / 2);
    }
}
