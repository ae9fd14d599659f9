using Steelyard.Formats;
using Steelyard.Histories;
using Steelyard.Services.Designs.Booking;
using Steelyard.Services.Designs.Booking.Promises;

namespace Steelyard.Services.Designs.Tests.Booking.Promises;

public sealed class BookingPromisesTests
{
    const string Holds = """
        0 invoke hold {id: a, seat: s1}
        0 ok hold true
        1 invoke hold {id: b, seat: s1}
        1 ok hold true
        0 invoke confirm {id: a}
        0 ok confirm true
        1 invoke confirm {id: b}

        """;

    [Theory]
    [InlineData("1 ok confirm true", "double-booking")]
    [InlineData("1 ok confirm false", null)]
    [InlineData("1 info confirm", null)]
    public void A_seat_is_booked_once(string answer, string? anomaly)
    {
        var verdict = new SeatsBookedOnce().Check(History.Parse(Holds + answer));

        Assert.Equal(anomaly, verdict.Anomalies.Select(found => found.Type).FirstOrDefault());
    }

    [Theory]
    [InlineData(999, 2_000, null)]
    [InlineData(1_001, 2_000, null)]
    [InlineData(1_002, 2_000, "late-confirm")]
    public void A_hold_is_confirmed_in_time(long askedMs, long answeredMs, string? anomaly)
    {
        var history = new HistoryBuilder();
        Ask(history, BookingWorkload.Hold, 0, 1);
        Ask(history, BookingWorkload.Confirm, askedMs, answeredMs);

        var verdict = new HoldsExpire(TimeSpan.FromSeconds(1)).Check(history.Build());

        Assert.Equal(anomaly, verdict.Anomalies.Select(found => found.Type).FirstOrDefault());
    }

    static void Ask(HistoryBuilder history, string function, long askedMs, long answeredMs)
    {
        const long NsOfMs = 1_000_000;
        var operation = history.Invoke(
            0, function, Value.Nil, Value.Map(("id", "a"), ("seat", "s1")), askedMs * NsOfMs);
        history.Complete(operation, Outcome.Ok, Value.Of(true), answeredMs * NsOfMs);
    }
}
