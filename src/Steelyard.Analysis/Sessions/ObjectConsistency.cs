using Steelyard.Analysis.Transactions;

namespace Steelyard.Analysis.Sessions;

/// <summary>The consistency models of single objects, from <see cref="ConsistencyLattice"/>.</summary>
public static class ObjectConsistency
{
    /// <summary>Their names, weak ones first.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads", "pram", "causal",
        "causal+", "2-atomic", "sequential", "linearizable",
    ];

    /// <summary>Those that a history cannot have been under if it was not under one of them: that one and all
    /// that imply it.</summary>
    public static IReadOnlyList<string> Stronger(string broken) =>
        [.. Names.Where(model => ConsistencyLattice.Implied(model).Contains(broken))];
}
