namespace Steelyard.Services.Designs.Cart.Api;

/// <summary>A change of a cart, as replicas hand it on.</summary>
/// <param name="Origin">The replica that took it, by its place.</param>
/// <param name="Number">Its number there, from 1 up.</param>
/// <param name="Cart">Which cart.</param>
/// <param name="Entry">Which entry; the shopper's name for it, never used twice.</param>
/// <param name="IsRemoval">Whether it goes out; else it comes in.</param>
internal sealed record CartChange(int Origin, long Number, string Cart, string Entry, bool IsRemoval)
{
    /// <summary>When it was taken, in ms by the clock of its replica.</summary>
    public long Time { get; init; }

    /// <summary>All entries of the cart after it, apart by blanks;
    /// null where the rule needs no more than the change.</summary>
    public string? Contents { get; init; }
}
