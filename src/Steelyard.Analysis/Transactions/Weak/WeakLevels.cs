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
    /// <param name="view">The history.</param>
    /// <param name="asked">The strongest level looked at.</param>
    public static (WeakLevel Broken, CommitEdges? Edges) Of(WeakView view, WeakLevel asked)
    {
        if (CommitOrder.Of(view) is not { } order)
            return (WeakLevel.ReadCommitted, null);
        (WeakLevel, CommitEdges?) broken = (WeakLevel.None, null);
        for (var level = asked; level >= WeakLevel.ReadCommitted; level--)
        {
            if (EdgesOf(view, level, order) is not { } edges)
                continue;
            // What keeps a level keeps those before it.
            if (CommitOrder.Of(view, edges) is not null)
                break;
            broken = (level, edges);
        }

        return broken;
    }

    static CommitEdges? EdgesOf(WeakView view, WeakLevel level, int[] order) => level switch
    {
        WeakLevel.ReadCommitted => new ReadCommittedEdges(view).All(),
        WeakLevel.ReadAtomic => new ReadAtomicEdges(view).All(),
        _ when view.HasSessions || view.SessionCount <= MostSessions => new CausalEdges(view).All(order),
        _ => null,
    };
}
