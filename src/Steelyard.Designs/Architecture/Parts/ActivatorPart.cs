using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>Where requests wait for a service that has no instance: it stands in the graph before a service
/// that may be scaled to none, and nobody writes it.</summary>
internal sealed record ActivatorPart(ServicePart Service) : StationPart(NameFor(Service.Name))
{
    /// <inheritdoc/>
    public override string Kind => "activator";

    /// <summary>The name of the one before a service.</summary>
    public static string NameFor(string service) => $"{service}-activator";

    internal override bool IsAdded => true;

    internal override IReadOnlyList<Setting<Part>> Settings => [];

    internal override INode Create(InstanceContext context) => new ActivatorStation(context, this);

    /// <summary>The one before a service.</summary>
    public static ActivatorPart Before(ServicePart service) => new(service)
    {
        Calls = [new(service.Name) { Balance = Balancing.LeastOpen, Deadline = true }],
    };
}
