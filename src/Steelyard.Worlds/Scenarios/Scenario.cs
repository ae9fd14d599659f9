using Steelyard.Histories;

namespace Steelyard.Worlds;

/// <summary>
/// What to run: a design with its options, the load on it, what it is promised to stand, and what must hold.
/// With a fault plan and a seed it determines a run, bit for bit.
/// </summary>
public sealed record Scenario
{
    /// <summary>The design's name, as in <c>steelyard run bank</c>.</summary>
    public required string Design { get; init; }

    /// <summary>One sentence on this variant, for the report:
    /// <c>five replicas behind Raft, in two data centres</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>True when its nodes are services with code of their own on the thread pool: only the services
    /// world can run it.</summary>
    public bool HasServices { get; init; }

    /// <summary>Who stands where.</summary>
    public required Topology Topology { get; init; }

    /// <summary>Makes a server, at birth and at each restart.</summary>
    public required Func<INodeWorld, INode> CreateNode { get; init; }

    /// <summary>Makes a client, for each process.</summary>
    public required Func<IClientWorld, IClient> CreateClient { get; init; }

    /// <summary>Makes the workload, for each run.</summary>
    public required Func<IWorkload> CreateWorkload { get; init; }

    /// <summary>What must hold; all Valid is exit code 0.</summary>
    public required IReadOnlyList<IChecker> Expectations { get; init; }

    /// <summary>What it says it stands.</summary>
    public FaultTolerance Tolerance { get; init; } = new();

    /// <summary>The fault its story is about; used when the user names none.</summary>
    public FaultPlan StoryFaults { get; init; } = FaultPlan.None;

    /// <summary>Clients; each stands beside the node of its number, round and round.</summary>
    public int Clients { get; init; } = 10;

    /// <summary>Operations a second that arrive, over all clients (an open workload: they are due whether or
    /// not the system keeps up; arrivals are Poisson).</summary>
    public double RatePerSecond { get; init; } = 100;

    /// <summary>How long operations arrive.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Quiet time between the heal of everything and the final reads.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);
}
