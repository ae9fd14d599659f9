using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>What spreads the slots of a database over its shards: it stands in the graph where slots may
/// move, and nobody writes it. It hears of who leads a shard as whoever calls the database does.</summary>
internal sealed record RebalancerPart(DatabasePart Database) : Part($"{Database.Name}-rebalancer")
{
    /// <inheritdoc/>
    public override string Kind => "rebalancer";

    internal override bool IsAdded => true;

    internal override IReadOnlyList<Setting<Part>> Settings => [];

    internal override INode Create(InstanceContext context) => new Rebalancer(context, Database);

    /// <summary>The same graph with one for each database whose slots may move.</summary>
    public static ArchitectureGraph AddedTo(ArchitectureGraph graph) => graph with
    {
        Parts =
        [
            .. graph.Parts,
            .. graph.Parts.OfType<DatabasePart>().Where(part => part.Rebalances)
                .Select(part => new RebalancerPart(part) { Calls = [new(part.Name)] }),
        ],
    };
}
