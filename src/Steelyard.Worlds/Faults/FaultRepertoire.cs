namespace Steelyard.Worlds.Faults;

/// <summary>How a nemesis draws faults for scenarios whose nodes are not alike, so that a minority of them
/// means nothing.</summary>
/// <param name="Draws">Faults within what is tolerated.</param>
/// <param name="Excesses">Faults beyond it.</param>
public sealed record FaultRepertoire(IReadOnlyList<FaultDraw> Draws, IReadOnlyList<FaultDraw> Excesses)
{
    /// <summary>The words that it knows, in their order.</summary>
    internal IEnumerable<string> Words => Draws.Select(draw => draw.Word).Distinct(StringComparer.Ordinal);
}
