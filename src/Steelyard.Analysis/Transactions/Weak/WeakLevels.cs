namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>The levels of weak isolation, weak ones first; what breaks one breaks those after it.</summary>
internal enum WeakLevel
{
    ReadCommitted,
    ReadAtomic,
    Causal,

    /// <summary>Stronger than all of them: none is broken.</summary>
    None,
}

/// <summary>
/// Which levels a history breaks (Biswas and Enea 2019): the edges that an axiom asks for, sessions and reads
/// fit into one order of commits, or they do not. That is exact where every value is written once.
/// </summary>
internal static class WeakLevels
{
    // Without sessions every transaction has a clock entry of its own; more than this is too much memory.
    const int MostSessions = 4096;

    /// <summary>The weakest level broken, and the edges its axiom asks for: null where sessions and reads
    /// make a cycle by themselves.</summary>
    public static (WeakLevel Broken, CommitEdges? Edges) Of(WeakView view)
    {
        if (CommitOrder.Of(view) is not { } order)
            return (WeakLevel.ReadCommitted, null);
        var causal = view.HasSessions || view.SessionCount <= MostSessions
            ? new CausalEdges(view).All(order)
            : null;
        if (causal is not null && CommitOrder.Of(view, causal) is not null)
            return (WeakLevel.None, null);
        var atomic = new ReadAtomicEdges(view).All();
        if (CommitOrder.Of(view, atomic) is not null)
            return causal is null ? (WeakLevel.None, null) : (WeakLevel.Causal, causal);
        var committed = new ReadCommittedEdges(view).All();
        return CommitOrder.Of(view, committed) is not null
            ? (WeakLevel.ReadAtomic, atomic)
            : (WeakLevel.ReadCommitted, committed);
    }
}
