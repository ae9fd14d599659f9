using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>What scales a service: it stands in the graph where a service has a policy, and nobody writes
/// it.</summary>
internal sealed record ScalerPart(ServicePart Scaled) : Part(NameFor(Scaled.Name))
{
    /// <inheritdoc/>
    public override string Kind => "scaler";

    /// <summary>The name of the one of a service.</summary>
    public static string NameFor(string service) => $"{service}-scaler";

    internal override bool IsAdded => true;

    internal override IReadOnlyList<Setting<Part>> Settings => [];

    internal override INode Create(InstanceContext context) => new Scaler(context, Scaled);

    /// <summary>The same graph with one for each service that is scaled, and with an activator before each
    /// that may be scaled to none.</summary>
    public static ArchitectureGraph AddedTo(ArchitectureGraph graph) => graph with
    {
        Parts =
        [
            .. graph.Parts,
            .. graph.Parts.OfType<ServicePart>().Where(part => part.Scale is not null)
                .SelectMany(part => part.MayBeNone
                    ? (IEnumerable<Part>)[new ScalerPart(part), ActivatorPart.Before(part)]
                    : [new ScalerPart(part)]),
        ],
    };
}
