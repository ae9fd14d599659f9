namespace Steelyard.Worlds;

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

    /// <summary>The fault its story is about; used when the user names none.</summary>
    public FaultPlan StoryFaults { get; init; } = FaultPlan.None;
}
