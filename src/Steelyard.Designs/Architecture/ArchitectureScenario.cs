using Steelyard.Designs.Architecture.Faults;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Designs.Architecture.Parts;
using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Designs.Architecture;

/// <summary>The scenario that an architecture is: its instances are nodes of the simulated world, its clients
/// too.</summary>
internal static class ArchitectureScenario
{
    /// <summary>Makes it.</summary>
    /// <exception cref="UserMistakeException">The parts do not fit together.</exception>
    public static Scenario Of(ArchitectureGraph graph)
    {
        GraphCheck.Check(graph);
        var asked = graph;
        graph = RebalancerPart.AddedTo(ScalerPart.AddedTo(graph.Push.Onto(graph)));
        var directory = new InstanceDirectory(graph);
        return new()
        {
            Design = graph.Name,
            Summary = graph.Summary,
            Load = new()
            {
                CreateWorkload = static () => new NoWorkload(),
                Clients = 1,
                RatePerSecond = graph.Parts.Sum(part => part.MostPerSecond(graph.Duration)),
                Arrivals = Arrivals.None,
                Duration = graph.Duration,
                Settle = graph.Settle,
            },
            Cluster = new()
            {
                Nodes = [.. Enumerable.Range(0, directory.Count).Select(node => NodeOf(directory, node))],
                WithinSite = new LinkLatency(graph.Link),
                BetweenSites = new LinkLatency(graph.Link),
            },
            Promises = new()
            {
                AnswerLimit = graph.Slo,
                Limits = graph.Limits,
                Tolerance = graph.Tolerates.ForNemesis,
            },
            OwnFaults = [DegradeFault.Defined],
            Repertoire = ArchitectureDraws.Of(graph, directory),
            StoryFaults = graph.Faults,
            Deployment = ArchitectureDeployment.Of(graph, directory, asked),
            EventBudget = Budget(graph),
        };
    }

    static NodeSpec NodeOf(InstanceDirectory directory, int node) =>
        new(directory.NameOf(node), "dc")
        {
            Abilities = NodeAbilities.None, IsClient = directory.At(new(node)).Part is ClientsPart,
        };

    // A request is a few events at each part, again for each retry; a closed population without thinking asks
    // as fast as it is answered.
    static long Budget(ArchitectureGraph graph)
    {
        const double eventsEachPart = 2_000;
        const double once = 100_000_000;
        var seconds = (graph.Duration + graph.Settle).TotalSeconds;
        return (long)(once + (seconds * graph.Parts.Sum(part => part.MostPerSecond(graph.Duration))
            * graph.Parts.Count * eventsEachPart));
    }

    sealed record LinkLatency(TakesTime Takes) : LatencyDistribution
    {
        public override long SampleNs(SeededRandom random) => Takes.SampleNs(random);
    }

    sealed class NoWorkload : IWorkload
    {
        public Invocation Next(in Turn turn) =>
            throw new InvalidOperationException("clients of an architecture are parts of it");

        public IEnumerable<Invocation> FinalReads(Turn turn) => [];
    }
}

/// <summary>What runs of an architecture: its parts, as nodes.</summary>
internal sealed record ArchitectureDeployment : SimulatedDeployment
{
    readonly ArchitectureGraph _graph = null!;
    readonly InstanceDirectory _directory = null!;

    /// <inheritdoc/>
    public override string Kind => "parts of an architecture";

    /// <inheritdoc/>
    public override bool KeepsOperations => false;

    /// <inheritdoc/>
    public override IRunAccount? Account => RunAccount;

    ArchitectureAccount? RunAccount { get; init; }

    /// <summary>The architecture as it was asked for.</summary>
    public required ArchitectureGraph Asked { get; init; }

    public static ArchitectureDeployment Of(
        ArchitectureGraph graph, InstanceDirectory directory, ArchitectureGraph asked) =>
        new(graph, directory)
        {
            Asked = asked,
            CreateNode = static _ => throw new InvalidOperationException("nodes are of a run"),
            CreateClient = static _ => throw new InvalidOperationException("clients are parts"),
        };

    ArchitectureDeployment(ArchitectureGraph graph, InstanceDirectory directory) =>
        (_graph, _directory) = (graph, directory);

    /// <inheritdoc/>
    public override NodeDeployment ForRun()
    {
        var account = new ArchitectureAccount(_graph);
        DurableState[] kept = [.. Enumerable.Range(0, _directory.Count).Select(_ => new DurableState())];
        return this with
        {
            RunAccount = account,
            CreateNode = world =>
            {
                var (part, instance) = _directory.At(world.Self);
                return part.Create(new(
                    world, _graph, part, instance, _directory, account, kept[world.Self.Index]));
            },
        };
    }
}
