using Steelyard.Analysis.Transactions;
using Steelyard.Histories;

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

    /// <summary>The verdict with what a Valid of a model says of the others: that one and all that it implies
    /// hold.</summary>
    internal static Verdict WithHeld(Verdict verdict, string held)
    {
        IReadOnlyList<string> all = [.. Names.Where(ConsistencyLattice.Implied(held).Contains)];
        return verdict with
        {
            HeldModels = all,
            UndecidedModels = [.. Names.Except(all, StringComparer.Ordinal)],
        };
    }

    /// <summary>The verdict with what an Invalid of a model says of the others.</summary>
    internal static Verdict WithBroken(Verdict verdict, string broken)
    {
        var ruledOut = Stronger(broken);
        return verdict with
        {
            NotModels = ruledOut,
            UndecidedModels = [.. Names.Except(ruledOut, StringComparer.Ordinal)],
        };
    }
}
