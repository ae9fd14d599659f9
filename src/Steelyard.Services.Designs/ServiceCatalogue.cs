using Steelyard.Services.Designs.Booking;
using Steelyard.Services.Designs.Cart;
using Steelyard.Services.Designs.Inventory;
using Steelyard.Services.Designs.Live;
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

    /// <summary>Those whose hosts can be processes of this machine as well, as designs named
    /// <c>live …</c>.</summary>
    /// <param name="program">The file of the program that calls <see cref="RunHost"/>, beside us.</param>
    public static IReadOnlyList<IDesign> Live(string program) =>
    [
        .. LiveServices.Select(service => new LiveServiceDesign(
            service, new(program, "steelyard", AppContext.BaseDirectory))),
    ];

    /// <summary>Whether a program was started to be a host of such a service.</summary>
    /// <param name="words">Its command line.</param>
    public static bool IsHost(IReadOnlyList<string> words) => words is [ServiceHostProcess.Word, ..];

    /// <summary>Is a host of such a service, until it is told to stop.</summary>
    /// <param name="words">The program's command line.</param>
    /// <returns>The exit code.</returns>
    public static int RunHost(IReadOnlyList<string> words) => ServiceHostProcess.Run([.. words.Skip(1)]);

    /// <summary>The services that can be live.</summary>
    internal static IEnumerable<ILiveService> LiveServices => Services.OfType<ILiveService>();

    /// <summary>The same as services, for whoever builds their variants.</summary>
    internal static IReadOnlyList<IServiceDesign> Services { get; } =
    [
        new PaymentsScenario(), new InventoryScenario(), new BookingScenario(), new WebTierScenario(),
        new QueueScenario(), new OrdersScenario(), new CartScenario(), new PresenceScenario(),
        new RateLimitScenario(),
    ];
}
