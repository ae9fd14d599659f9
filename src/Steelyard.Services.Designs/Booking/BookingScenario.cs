using Steelyard.Analysis.Effects;
using Steelyard.Histories;
using Steelyard.Services.Designs.Booking.Api;
using Steelyard.Services.Designs.Booking.Promises;
using Steelyard.Services.Designs.Booking.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Booking;

/// <summary>The last seat, and two buyers who hold it for a while and then confirm.</summary>
internal sealed class BookingScenario()
    : ServiceDesign<BookingVariant>(BookingVariant.All, "how a seat is kept for one buyer")
{
    // How far the clocks of the hosts may be apart.
    static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    // A thousand parts in a million for as long as a hold stands, and then some.
    static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(100);

    /// <summary>The hosts that take bookings.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["booking-1", "booking-2"];

    /// <inheritdoc/>
    public override string Name => "booking";

    /// <inheritdoc/>
    public override string Summary =>
        "Seats that are held for a second and then confirmed, by two hosts: none is booked twice.";

    /// <inheritdoc/>
    public override string Story =>
        "Buyers hold a seat for a second and confirm it, some in time and some too late; an expired hold is"
        + " given to the next who asks. After a third of the run the clock of one host goes back by less"
        + " than half a second. Now a hold that one host has given to somebody else is good for the other"
        + " host still: who asks the clock alone books the seat twice. Who asks in the same update whether"
        + " the hold still stands does not, whatever the clocks say.";

    /// <inheritdoc/>
    protected override string Cluster => "two hosts and a database";

    /// <inheritdoc/>
    protected override IReadOnlyList<IChecker> Promises { get; } =
    [
        new SeatsBookedOnce(), new HoldsExpire(Seats.Lifetime + Skew + Drift),
        new ExactlyOnce(BookingWorkload.Confirm),
    ];

    /// <inheritdoc/>
    protected override void AddHosts(ServicesWorld world, BookingVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => BookingApi.Create(args, variant));
        world.AddDatabase("seats-db");
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Skew, ClockDriftPpm = 1_000 };
    }

    /// <inheritdoc/>
    protected override ServicesLoad LoadOf(BookingVariant variant, int? clients) =>
        new(() => new BookingWorkload(), (client, hosts) => new BookingClient(client, hosts));

    /// <inheritdoc/>
    protected override FaultPlan StoryFaults(BookingVariant variant, TimeSpan duration) =>
        new([new ClockJumpFault { At = duration / 3, Nodes = [Hosts[1]], By = -0.9 * Skew }]);
}
