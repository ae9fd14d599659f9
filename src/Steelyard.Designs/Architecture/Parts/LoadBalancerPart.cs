using Steelyard.Designs.Architecture.Running;
using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Parts;

/// <summary>Passes each request on to an instance of the part it calls; how it chooses is said of the
/// call.</summary>
internal sealed record LoadBalancerPart(string Name) : StationPart(Name)
{
    static readonly IReadOnlyList<Setting<Part>> s_settings = For(OfStations<LoadBalancerPart>());

    /// <inheritdoc/>
    public override string Kind => "load-balancer";

    internal override IReadOnlyList<Setting<Part>> Settings => s_settings;

    internal override INode Create(InstanceContext context) => new Station(context, this);
}
