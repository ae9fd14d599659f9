using Steelyard.App.Live;
using Steelyard.Designs;
using Steelyard.Live;
using Steelyard.Services.Designs;
using Steelyard.Workers;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App;

/// <summary>The catalogue of the command line: simulated designs and services, real engines, and the worlds
/// that run them.</summary>
internal static class EveryDesign
{
    public static IReadOnlyList<IDesign> All { get; } = [.. Catalogue.All, .. ServiceCatalogue.All];

    public static IReadOnlyList<IDesign> Engines { get; } =
    [
        .. LiveCatalogue.All, .. ServiceCatalogue.Live("Steelyard.App.dll"),
        .. DesignOnEngine.Of(Catalogue.All),
    ];

    public static IWorld CreateWorld() => new EveryWorld(new LiveWorld());
}
