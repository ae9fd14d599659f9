using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Scenarios;

/// <summary>Hosts of real applications, with their databases, stores and caches; the services world runs
/// them.</summary>
public sealed record ServicesDeployment : NodeDeployment
{
    /// <inheritdoc/>
    public override string Kind => "services";

    /// <inheritdoc/>
    public override bool FillsProcess => true;
}
