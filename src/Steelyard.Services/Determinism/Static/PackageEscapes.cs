namespace Steelyard.Services.Determinism.Static;

/// <summary>What in a package leaves the services world.</summary>
/// <param name="Name">The package: <c>Quartz/3.15.0</c>.</param>
/// <param name="Escapes">Its calls, in the order of its methods.</param>
public sealed record PackageEscapes(string Name, IReadOnlyList<Escape> Escapes)
{
    /// <summary>Whether it says something of a package: all of them read files, and an order of hashes shows
    /// only in what they do.</summary>
    internal static bool Counts(Escape escape) =>
        !escape.IsHeld && escape.Kind is "thread" or "blocking" or "network";
}
