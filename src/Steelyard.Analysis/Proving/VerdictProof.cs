using Steelyard.Histories;

namespace Steelyard.Analysis.Proving;

/// <summary>What backs a verdict, looked at once more by other means than found it.</summary>
public sealed record VerdictProof
{
    /// <summary>The checker whose verdict it backs.</summary>
    public required string Checker { get; init; }

    /// <summary>True when there is a proof, and it was verified; false when this verdict has none, as the
    /// sentence says.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>One plain sentence: what was verified and how, or why there is nothing to verify.</summary>
    public required string Sentence { get; init; }

    /// <summary>Indices of operations: of a Valid, an order that explains the history; of an Invalid, those
    /// that contradict each other. Empty without proof.</summary>
    public IReadOnlyList<int> Operations { get; init; } = [];

    /// <summary>Of an Invalid, those operations alone: a history that is Invalid by itself; null
    /// otherwise.</summary>
    public History? SubHistory { get; init; }

    internal static VerdictProof None(string checker, string why) =>
        new() { Checker = checker, IsVerified = false, Sentence = $"no proof: {why}" };
}
