namespace Steelyard.Worlds.Contracts;

/// <summary>What is known of a variant of a design before anybody runs it.</summary>
/// <param name="Sentence">What it guarantees, and what it does not.</param>
/// <param name="Source">Where that is shown: paper and section; null where the design says so itself.</param>
/// <param name="ChooseIf">When to take it, as the end of: choose it if.</param>
public sealed record KnownGuarantee(string Sentence, string? Source, string ChooseIf);
