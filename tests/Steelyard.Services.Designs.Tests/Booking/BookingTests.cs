using Steelyard.Services.Designs.Tests.Parts;
using Steelyard.Testing;

namespace Steelyard.Services.Designs.Tests.Booking;

public sealed class BookingTests
{
    [Fact]
    public void A_seat_asked_for_in_the_transaction_that_holds_it_is_booked_once() =>
        ServicesTest.Run<OneTransaction>(1..Broken.Seeds);

    [Fact]
    public void A_seat_under_a_constraint_is_booked_once() =>
        ServicesTest.Run<SeatConstraint>(1..Broken.Seeds);

    [Fact]
    public void A_seat_asked_for_before_it_is_held_is_booked_twice() =>
        Broken.At<CheckThenInsert>(3, "seats-booked-once");

    [Fact]
    public void A_clock_that_is_behind_books_a_seat_that_was_given_away() =>
        Broken.At<ExpiryByOwnClock>(15, "seats-booked-once");

    [Fact]
    public void A_confirm_that_does_not_look_at_the_time_comes_late() =>
        Broken.At<ConfirmIgnoresExpiry>(1, "holds-expire");
}
