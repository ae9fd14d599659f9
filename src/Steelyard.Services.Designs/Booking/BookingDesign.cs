using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Booking;

/// <summary>The last seat, and two buyers who hold it for a while and then confirm.</summary>
public sealed class BookingDesign()
    : VariantDesign<BookingVariant>(
        BookingVariant.All, "how a seat is kept for one buyer", "the booking service has hosts of its own")
{
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
    private protected override Scenario Build(BookingVariant variant, CommonOptions common)
    {
        var scenario = new ServicesWorld().AddBooking(variant).DriveBooking(common)
            .ToScenario(Name, $"two hosts and a database: {variant.Summary}");
        return scenario with { StoryFaults = StoryOf(scenario.Load.Duration) };
    }

    static FaultPlan StoryOf(TimeSpan duration) => new(
    [
        new ClockJumpFault
        {
            At = duration / 3, Nodes = [BookingWorld.Hosts[1]], By = -0.9 * BookingWorld.Skew,
        },
    ]);
}
