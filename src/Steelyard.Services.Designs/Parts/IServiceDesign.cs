using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Parts;

/// <summary>A service, for whoever goes through all of them.</summary>
internal interface IServiceDesign : IDesign
{
    /// <summary>The ways to build it, the default first.</summary>
    IReadOnlyList<ServiceVariant> Variants { get; }

    /// <summary>Adds its hosts to a world, their load and what is promised.</summary>
    ServicesWorld AddTo(ServicesWorld world, string variant, CommonOptions options);
}
