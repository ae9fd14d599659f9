using Steelyard.Analysis.Effects;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Booking;

/// <summary>The hosts of the booking service: two of the API, and their database.</summary>
internal static class BookingWorld
{
    /// <summary>How far the clocks of the hosts may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(500);

    const string Database = "seats-db";

    // A thousand parts in a million for as long as a hold stands, and then some.
    static readonly TimeSpan Drift = TimeSpan.FromMilliseconds(100);

    /// <summary>The hosts that take bookings.</summary>
    public static IReadOnlyList<string> Hosts { get; } = ["booking-1", "booking-2"];

    /// <summary>Adds the hosts.</summary>
    public static ServicesWorld AddBooking(this ServicesWorld world, BookingVariant variant)
    {
        foreach (var host in Hosts)
            world.AddHost(host, args => BookingApplication.Create(args, variant));
        world.AddDatabase(Database);
        world.Tolerance =
            new() { NodesDown = 1, Amnesia = true, ClockSkew = Skew, ClockDriftPpm = 1_000 };
        return world;
    }

    /// <summary>Adds buyers, and the promises: no seat twice, no hold confirmed late, no booking
    /// lost.</summary>
    public static ServicesWorld DriveBooking(this ServicesWorld world, CommonOptions options) =>
        world.Drive(
                new(() => new BookingWorkload(), (client, hosts) => new BookingClient(client, hosts))
                {
                    Clients = options.Clients ?? 10,
                    RatePerSecond = options.RatePerSecond ?? 50,
                    Duration = options.Duration ?? TimeSpan.FromSeconds(20),
                })
            .Expect(
                new SeatsBookedOnce(), new HoldsExpire(Seats.Lifetime + Skew + Drift),
                new ExactlyOnce(BookingWorkload.Confirm));
}
