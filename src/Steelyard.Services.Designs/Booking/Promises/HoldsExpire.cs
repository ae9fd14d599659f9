using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking.Promises;

/// <summary>
/// An expired hold cannot be confirmed: nobody who asks later than a hold stands, and than clocks are apart,
/// gets its seat. Whoever asked in time may be told later.
/// </summary>
/// <param name="limit">How long a hold may have been granted by then.</param>
internal sealed class HoldsExpire(TimeSpan limit)
    : ServicePromise("holds-expire", "An expired hold cannot be confirmed")
{
    const int NsOfTick = 100;

    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var holds = new SortedDictionary<Value, Operation>();
        var confirms = new SortedDictionary<Value, Operation>();
        var booked = new SortedSet<Value>();
        foreach (var operation in history.Operations)
            Note(operation, holds, confirms, booked);
        var late = booked
            .Where(id => holds.ContainsKey(id) && IsLate(holds[id], confirms[id]))
            .Select(id => new Anomaly(
                "late-confirm",
                $"hold {id} was confirmed {Seconds(holds[id], confirms[id])} s after it was granted, though"
                + $" it stands for less than {limit.TotalSeconds:0.0} s",
                [holds[id].Index, confirms[id].Index]));
        if (booked.Count == 0)
            return Undecided("no seat was booked");
        return BrokenBy(late) ?? Holds(
            $"all {booked.Count:N0} bookings were asked for while their holds stood");
    }

    // The first to ask for a confirmation counts: what it began may be what the others are told.
    static void Note(
        Operation operation, SortedDictionary<Value, Operation> holds,
        SortedDictionary<Value, Operation> confirms, SortedSet<Value> booked)
    {
        if (operation.Function == BookingWorkload.Hold && operation.Outcome == Outcome.Ok)
            holds[operation.Input["id"]] = operation;
        if (operation.Function != BookingWorkload.Confirm || !operation.MayHaveHappened)
            return;
        if (operation.Output != Value.Of(false))
            confirms.TryAdd(operation.Input["id"], operation);
        if (SeatsBookedOnce.IsBooked(operation))
            booked.Add(operation.Input["id"]);
    }

    bool IsLate(Operation hold, Operation confirm) =>
        confirm.InvokedNs - hold.CompletedNs > limit.Ticks * NsOfTick;

    static string Seconds(Operation hold, Operation confirm) =>
        FormattableString.Invariant($"{(confirm.InvokedNs - hold.CompletedNs) / 1e9:0.0}");
}
