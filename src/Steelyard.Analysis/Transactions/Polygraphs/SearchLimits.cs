namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>How far a search goes: counts, never seconds.</summary>
/// <param name="Pairs">The most pairs of chains held.</param>
/// <param name="Conflicts">The most dead ends.</param>
/// <param name="Steps">The most nodes visited.</param>
internal sealed record SearchLimits(int Pairs, int Conflicts, long Steps)
{
    /// <summary>What a history is judged with: some hundred megabytes and some ten seconds at most.</summary>
    public static SearchLimits Default { get; } = new(8_000_000, 100_000, 400_000_000);
}
