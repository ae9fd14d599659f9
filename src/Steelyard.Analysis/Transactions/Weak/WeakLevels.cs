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

    /// <summary>The levels of a history.</summary>
    /// <param name="view">The history.</param>
    /// <param name="known">Edges that the order of commits must have in any case; null is none.</param>
    /// <param name="asked">The strongest level looked at.</param>
    public static WeakAnswer Of(WeakView view, CommitEdges? known, WeakLevel asked)
    {
        if (CommitOrder.Of(view, known) is not { } order)
            return new(WeakLevel.ReadCommitted, asked, null);
        var (broken, highest, told) = (WeakLevel.None, WeakLevel.ReadCommitted, (CommitEdges?)null);
        for (var level = asked; level >= WeakLevel.ReadCommitted; level--)
        {
            if (EdgesOf(view, level, order) is not { } edges)
                continue;
            highest = level > highest ? level : highest;
            if (known is not null)
                edges.AddAll(known);
            // What keeps a level keeps those before it.
            if (CommitOrder.Of(view, edges) is not null)
                break;
            (broken, told) = (level, edges);
        }

        return new(broken, highest, told);
    }

    static CommitEdges? EdgesOf(WeakView view, WeakLevel level, int[] order) => level switch
    {
        WeakLevel.ReadCommitted => new ReadCommittedEdges(view).All(),
        WeakLevel.ReadAtomic => new ReadAtomicEdges(view).All(),
        _ when view.HasSessions || view.SessionCount <= MostSessions => new CausalEdges(view).All(order),
        _ => null,
    };
}

/// <summary>What was found of the levels.</summary>
/// <param name="Broken">The weakest level broken.</param>
/// <param name="Highest">The strongest one that was looked at.</param>
/// <param name="Edges">The edges that the axiom of the level broken asks for; null where sessions and reads
/// make a cycle by themselves.</param>
internal sealed record WeakAnswer(WeakLevel Broken, WeakLevel Highest, CommitEdges? Edges)
{
    /// <summary>True when a level was looked at and holds.</summary>
    public bool Holds(WeakLevel level) => level <= Highest && level < Broken;
}
