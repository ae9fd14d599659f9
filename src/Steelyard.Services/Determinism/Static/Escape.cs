namespace Steelyard.Services.Determinism.Static;

/// <summary>A call that leaves the services world: what comes of it is not the same in every run.</summary>
/// <param name="Kind">What it takes from the machine: <c>clock</c>, <c>random</c>, <c>thread</c>,
/// <c>blocking</c>, <c>network</c>, <c>machine</c> or <c>hash order</c>.</param>
/// <param name="Call">The member called: <c>DateTime.UtcNow</c>.</param>
/// <param name="Method">The method that calls it: <c>Shop.Orders.Place</c>.</param>
/// <param name="File">The source file's name; null where the symbols are missing.</param>
/// <param name="Line">Its line; 0 where the symbols are missing.</param>
/// <param name="Advice">What to call in its place.</param>
public sealed record Escape(string Kind, string Call, string Method, string? File, int Line, string Advice)
{
    /// <summary>Whether the world answers all the same, where services run on the copy of the
    /// runtime.</summary>
    public bool IsHeld { get; init; }
}
