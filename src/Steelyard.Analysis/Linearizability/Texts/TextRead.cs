namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>A text that was read, and what made it.</summary>
/// <param name="Made">The start, then what was appended; one of the ways where there are several, and nothing
/// where they are not known.</param>
/// <param name="Readers">Which operations read it, by return.</param>
/// <param name="IsCertain">Whether it can have come about in one way only, and after one put only.</param>
internal sealed record TextRead(TextPiece[] Made, List<int> Readers, bool IsCertain);
