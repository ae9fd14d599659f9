using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Booking;

/// <summary>How a seat is kept for one buyer, or not: what the application is built with.</summary>
public sealed class BookingVariant : DesignVariant
{
    BookingVariant(string name, bool isRight, string summary)
        : base(name, isRight, summary)
    {
    }

    /// <summary>All of them, the default first.</summary>
    public static IReadOnlyList<BookingVariant> All { get; } =
    [
        new("one-transaction", true, "whether a seat is free is asked in the transaction that holds it"),
        new("unique-constraint", true, "asked before, and a constraint refuses the second hold")
        {
            ChecksBefore = true,
            HasConstraint = true,
        },
        new("check-then-insert", false, "asked before, and no constraint refuses the second hold")
        {
            ChecksBefore = true,
        },
        new("expiry-by-own-clock", false, "a confirm asks the host's clock, not who holds the seat by now")
        {
            ConfirmsWhatWasTaken = true,
        },
        new("confirm-ignores-expiry", false, "a confirm does not ask whether the hold has expired")
        {
            ConfirmsLate = true,
        },
    ];

    /// <summary>Whether a seat is looked up before the transaction that holds it.</summary>
    internal bool ChecksBefore { get; private init; }

    /// <summary>Whether the database lets one hold of a seat stand only.</summary>
    internal bool HasConstraint { get; private init; }

    /// <summary>Whether a hold is confirmed that was given to somebody else since.</summary>
    internal bool ConfirmsWhatWasTaken { get; private init; }

    /// <summary>Whether a hold is confirmed after its time.</summary>
    internal bool ConfirmsLate { get; private init; }

    /// <summary>The variant of a name.</summary>
    /// <exception cref="UserMistakeException">There is none of that name.</exception>
    public static BookingVariant Find(string name) => Find(All, name);
}
