using Steelyard.Designs.Systems.BlackFriday;
using Steelyard.Designs.Systems.Fraud;
using Steelyard.Designs.Systems.Pacelc;
using Steelyard.Designs.Systems.RideSurge;
using Steelyard.Designs.Systems.Streaming;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems;

/// <summary>The systems that are architectures: what they show is a quantity.</summary>
internal static class SystemCatalogue
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<IDesign> All { get; } =
    [
        new FraudDesign(),
        new BlackFridayDesign(),
        new StreamingDesign(),
        new RideSurgeDesign(),
        new PacelcDesign(),
    ];
}
