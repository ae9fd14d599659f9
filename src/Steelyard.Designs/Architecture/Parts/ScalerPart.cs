using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>What scales a service: it stands in the graph where a service has a policy, and nobody writes
/// it.</summary>
internal sealed record ScalerPart(ServicePart Scaled) : Part($"{Scaled.Name}-scaler")
{
    /// <inheritdoc/>
    public override string Kind => "scaler";

    internal override IReadOnlyList<Setting<Part>> Settings => [];

    internal override INode Create(InstanceContext context) => new Scaler(context, Scaled);

    /// <summary>The same graph with one for each service that is scaled.</summary>
    public static ArchitectureGraph AddedTo(ArchitectureGraph graph) => graph with
    {
        Parts =
        [
            .. graph.Parts,
            .. graph.Parts.OfType<ServicePart>().Where(part => part.Scale is not null)
                .Select(part => new ScalerPart(part)),
        ],
    };
}
