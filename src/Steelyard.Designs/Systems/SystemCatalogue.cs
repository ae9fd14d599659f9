using Steelyard.Designs.Systems.BatchJob;
using Steelyard.Designs.Systems.BlackFriday;
using Steelyard.Designs.Systems.Catalog;
using Steelyard.Designs.Systems.Feed;
using Steelyard.Designs.Systems.Fraud;
using Steelyard.Designs.Systems.Herd;
using Steelyard.Designs.Systems.Iot;
using Steelyard.Designs.Systems.Logging;
using Steelyard.Designs.Systems.Metrics;
using Steelyard.Designs.Systems.Pacelc;
using Steelyard.Designs.Systems.PurchaseHistory;
using Steelyard.Designs.Systems.RideSurge;
using Steelyard.Designs.Systems.Scale;
using Steelyard.Designs.Systems.Search;
using Steelyard.Designs.Systems.Serverless;
using Steelyard.Designs.Systems.Sessions;
using Steelyard.Designs.Systems.Streaming;
using Steelyard.Designs.Systems.Trading;
using Steelyard.Designs.Systems.Video;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Systems;

/// <summary>The systems that are architectures: what they show is a quantity.</summary>
internal static class SystemCatalogue
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<IDesign> All { get; } =
    [
        new FraudDesign(),
        new TradingDesign(),
        new SearchDesign(),
        new CatalogDesign(),
        new VideoDesign(),
        new ScaleDesign(),
        new ServerlessDesign(),
        new BatchJobDesign(),
        new HerdDesign(),
        new PurchaseHistoryDesign(),
        new IotDesign(),
        new FeedDesign(),
        new SessionsDesign(),
        new LoggingDesign(),
        new MetricsDesign(),
        new BlackFridayDesign(),
        new StreamingDesign(),
        new RideSurgeDesign(),
        new PacelcDesign(),
    ];
}
