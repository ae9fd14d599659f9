using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking.Promises;

/// <summary>No seat is booked twice: of all holds of a seat, one at most is ever confirmed.</summary>
internal sealed class SeatsBookedOnce()
    : ServicePromise("seats-booked-once", "No seat is booked twice")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var seats = HoldsOf(history);
        var buyers = new SortedDictionary<Value, Operation>();
        var anomalies = new List<Anomaly>();
        foreach (var confirm in history.Operations.Where(IsBooked))
        {
            var id = confirm.Input["id"];
            if (!seats.TryGetValue(id, out var seat) || buyers.TryAdd(seat, confirm))
                continue;
            if (buyers[seat].Input["id"] != id)
                anomalies.Add(new(
                    "double-booking",
                    $"seat {seat} was booked under {buyers[seat].Input["id"]} and under {id}",
                    [buyers[seat].Index, confirm.Index]));
        }

        if (buyers.Count == 0)
            return Undecided("no seat was booked");
        return BrokenBy(anomalies) ?? Holds(
            $"{buyers.Count:N0} seats were booked, none of them twice");
    }

    /// <summary>Whether an operation said that a seat is booked.</summary>
    internal static bool IsBooked(Operation operation) => operation.Function == BookingWorkload.Confirm
        && operation.Outcome == Outcome.Ok && operation.Output != Value.Of(false);

    static SortedDictionary<Value, Value> HoldsOf(History history)
    {
        var seats = new SortedDictionary<Value, Value>();
        foreach (var hold in history.Operations.Where(o => o.Function == BookingWorkload.Hold))
            seats[hold.Input["id"]] = hold.Input["seat"];
        return seats;
    }
}
