using Steelyard.Services.Designs.Booking;
using Steelyard.Services.Designs.Cart;
using Steelyard.Services.Designs.Inventory;
using Steelyard.Services.Designs.Orders;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.Payments;
using Steelyard.Services.Designs.Presence;
using Steelyard.Services.Designs.QueueConsumer;
using Steelyard.Services.Designs.RateLimit;
using Steelyard.Services.Designs.WebTier;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs;

/// <summary>The designs of services that come with the house.</summary>
public static class ServiceCatalogue
{
    /// <summary>All of them, in the order of the list.</summary>
    public static IReadOnlyList<IDesign> All => Services;

    /// <summary>The same as services, for whoever builds their variants.</summary>
    internal static IReadOnlyList<IServiceDesign> Services { get; } =
    [
        new PaymentsScenario(), new InventoryScenario(), new BookingScenario(), new WebTierScenario(),
        new QueueScenario(), new OrdersScenario(), new CartScenario(), new PresenceScenario(),
        new RateLimitScenario(),
    ];
}
