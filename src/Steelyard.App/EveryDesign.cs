using Steelyard.Designs;
using Steelyard.Services.Designs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>The catalogue of the command line: simulated designs, and services.</summary>
internal static class EveryDesign
{
    public static IReadOnlyList<IDesign> All { get; } = [.. Catalogue.All, .. ServiceCatalogue.All];
}
