using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Judges read committed, read atomic and causal consistency of registers. Recordings that tell sessions and
/// no real time are held to the models as their papers define them, in which the order of a session always
/// counts (Biswas and Enea 2019). In others the models are Adya's, which know no sessions; what needs them is
/// called -process and breaks the session forms, causal consistency among them.
/// </summary>
/// <param name="columns">The transactions.</param>
/// <param name="isIntermediate">The versions that their transaction overwrote itself.</param>
/// <param name="findings">Where to.</param>
/// <param name="asked">The strongest level looked at.</param>
internal sealed class WeakIsolation(
    TransactionColumns columns, bool[] isIntermediate, Findings findings, WeakLevel asked)
{
    static readonly string[] Names = ["G-monotonic", "fractured-read", "causality-violation"];

    // What each level is called where sessions count, with those above it; and where they do not.
    static readonly string[][] SessionModels =
    [
        ["read-committed", "transactional-causal", "causal", "causal+"],
        ["read-atomic", "transactional-causal", "causal", "causal+"],
        ["transactional-causal", "causal", "causal+"],
        [],
    ];

    static readonly string[][] DataModels =
    [
        ["monotonic-atomic-view", "monotonic-view"], ["read-atomic"], ["transactional-causal"], [],
    ];

    /// <summary>The strongest level that can rule a model out.</summary>
    public static WeakLevel LevelOf(string model)
    {
        for (var level = WeakLevel.Causal; level > WeakLevel.ReadCommitted; level--)
            if (SessionModels[(int)level].Any(ConsistencyLattice.Implied(model).Contains)
                || ConsistencyLattice.Forbids(model, Names[(int)level] + "-process"))
                return level;
        return WeakLevel.ReadCommitted;
    }

    /// <summary>Adds what is broken.</summary>
    /// <returns>Models that are broken besides those that the findings rule out.</returns>
    public IReadOnlyList<string> AddAll()
    {
        var view = WeakView.Of(columns, isIntermediate, withSessions: true);
        var (broken, edges) = WeakLevels.Of(view, asked);
        if (!columns.History.TellsRealTime)
        {
            Add(broken, view, edges, "");
            return SessionModels[view.IsSound ? (int)broken : 0];
        }

        if (broken == WeakLevel.None)
            return view.IsSound ? [] : ["causal", "causal+"];
        var alone = WeakView.Of(columns, isIntermediate, withSessions: false);
        var (data, dataEdges) = WeakLevels.Of(alone, asked);
        Add(data, alone, dataEdges, "");
        if (broken < data)
            Add(broken, view, edges, "-process");
        return [.. DataModels[(int)data], "causal", "causal+", "strong-session-snapshot-isolation"];
    }

    // Cycles of sessions and reads alone have names of their own.
    void Add(WeakLevel broken, WeakView view, CommitEdges? edges, string suffix)
    {
        if (edges is null)
            return;
        var told = new WeakStory(view, edges).Tell();
        if (columns.History.TellsRealTime && IsToldAlready(told, suffix))
            return;
        findings.AddCycle(
            Names[(int)broken] + suffix, () => told.Sentence, () => told.Steps, told.Transactions);
    }

    // Where the order of versions is known, the cycle was found as one of Adya's, and goes by that name.
    bool IsToldAlready(WeakCycle told, string suffix) => findings.InOrder().Any(found =>
        found.Type.StartsWith("G-", StringComparison.Ordinal)
        && (suffix.Length > 0 || !found.Type.EndsWith("-process", StringComparison.Ordinal))
        && !found.Type.EndsWith("-realtime", StringComparison.Ordinal)
        && Array.TrueForAll(
            told.Readers, reader => found.Witness.Contains(columns.Operations[reader])));
}
