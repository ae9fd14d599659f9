using Steelyard.Services.Designs.Booking;
using Steelyard.Services.Designs.Cart;
using Steelyard.Services.Designs.Inventory;
using Steelyard.Services.Designs.Orders;
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
    public static IReadOnlyList<IDesign> All { get; } =
    [
        new PaymentsDesign(), new InventoryDesign(), new BookingDesign(), new WebTierDesign(),
        new QueueConsumerDesign(), new OrdersDesign(), new CartDesign(), new PresenceDesign(),
        new RateLimitDesign(),
    ];
}
