using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking.Variants;

/// <summary>How a seat is kept for one buyer, or not: what the application is built with.</summary>
internal sealed record BookingVariant(string Name, string Summary) : ServiceVariant(Name, Summary)
{
    static readonly BookingVariant s_oneTransaction = new(
        "one-transaction", "whether a seat is free is asked in the transaction that holds it");

    static readonly BookingVariant s_uniqueConstraint = new(
        "unique-constraint", "asked before, and a constraint refuses the second hold")
    {
        ChecksBefore = true,
        HasConstraint = true,
    };

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<BookingVariant> All { get; } =
    [
        s_oneTransaction,
        s_uniqueConstraint,
        s_uniqueConstraint.Wrong(
            "check-then-insert", "asked before, and no constraint refuses the second hold") with
        {
            HasConstraint = false,
        },
        s_oneTransaction.Wrong(
            "expiry-by-own-clock", "a confirm asks the host's clock, not who holds the seat by now") with
        {
            ConfirmsWhatWasTaken = true,
        },
        s_oneTransaction.Wrong(
            "confirm-ignores-expiry", "a confirm does not ask whether the hold has expired") with
        {
            ConfirmsLate = true,
        },
    ];

    /// <summary>Whether a seat is looked up before the transaction that holds it.</summary>
    public bool ChecksBefore { get; init; }

    /// <summary>Whether the database lets one hold of a seat stand only.</summary>
    public bool HasConstraint { get; init; }

    /// <summary>Whether a hold is confirmed that was given to somebody else since.</summary>
    public bool ConfirmsWhatWasTaken { get; init; }

    /// <summary>Whether a hold is confirmed after its time.</summary>
    public bool ConfirmsLate { get; init; }
}
