using Steelyard.Histories;
using Steelyard.Services.Designs.Booking.Variants;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.Booking;

/// <summary>Holds of a few seats that many want, and confirmations, some in time and some too late. New seats
/// come up as old ones are booked. At the end the bookings are read.</summary>
internal sealed class BookingWorkload : IWorkload
{
    /// <summary>The function: keeps a seat for a while.</summary>
    public const string Hold = "hold";

    /// <summary>The function: books it.</summary>
    public const string Confirm = "confirm";

    const double HoldShare = 0.6;
    const double NewestShare = 0.5;
    const int HoldsForEachSeat = 8;
    const int SeatsOnSale = 10;
    const int HoldsToConfirm = 60;

    int _holds;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_holds > 0 && !turn.Random.Chance(HoldShare))
            return new(Confirm, Value.Nil, Value.Map(
                ("id", $"h{_holds - turn.Random.Next(Math.Min(_holds, HoldsToConfirm))}")));
        var seat = ++_holds / HoldsForEachSeat;
        if (!turn.Random.Chance(NewestShare))
            seat = Math.Max(0, seat - turn.Random.Next(SeatsOnSale));
        return new(Hold, $"s{seat + 1}", Value.Map(("id", $"h{_holds}"), ("seat", $"s{seat + 1}")));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client == 0 ? [new(Functions.ReplicaState, "bookings", Value.Nil)] : [];
}

/// <summary>A buyer: asks again under the id of its hold until it is answered.</summary>
internal sealed class BookingClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, BookingScenario.Hosts)
{
    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation)
    {
        var (function, _, input) = invocation.Command;
        if (function == Functions.ReplicaState)
            return Get<Bookings>(
                $"{server}/bookings", state => Value.Map(("applied", ListOf(state.Ids))), cancellation);
        var hold = $"{server}/holds/{input["id"].AsText}";
        return Do(
            HttpMethod.Post,
            function == BookingWorkload.Hold ? $"{hold}?seat={input["seat"].AsText}" : $"{hold}/confirm",
            cancellation);
    }
}
