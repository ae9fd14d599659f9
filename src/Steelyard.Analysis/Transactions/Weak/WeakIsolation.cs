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
/// <param name="known">What is known of the order of commits: that of lists; null is nothing.</param>
/// <param name="findings">Where to.</param>
/// <param name="decisions">Where to.</param>
internal sealed class WeakIsolation(
    TransactionColumns columns, bool[] isIntermediate, CommitEdges? known, Findings findings,
    ModelDecisions decisions)
{
    static readonly string[] Names = ["G-monotonic", "fractured-read", "causality-violation"];

    // What each level is called where sessions count; and where they do not.
    static readonly string[][] SessionModels =
    [
        ["read-committed", "monotonic-atomic-view"], ["read-atomic"],
        ["transactional-causal", "causal", "causal+"],
    ];

    static readonly string[][] DataModels =
        [["monotonic-atomic-view"], ["read-atomic"], ["transactional-causal"]];

    /// <summary>The strongest level that can decide a model.</summary>
    public static WeakLevel LevelOf(string model)
    {
        for (var level = WeakLevel.Causal; level > WeakLevel.ReadCommitted; level--)
            if (SessionModels[(int)level].Any(TransactionLattice.Implied(model).Contains)
                || ConsistencyLattice.Forbids(model, Names[(int)level] + "-process"))
                return level;
        return WeakLevel.ReadCommitted;
    }

    /// <summary>True when a level implies the model, where sessions count.</summary>
    public static bool Decides(string model) => SessionModels[(int)LevelOf(model)].Any(
        strong => TransactionLattice.Implied(strong).Contains(model));

    /// <summary>Decides the levels, and adds what is broken.</summary>
    /// <param name="asked">The strongest level looked at.</param>
    public void Decide(WeakLevel asked)
    {
        var view = WeakView.Of(columns, isIntermediate, withSessions: true);
        var sessions = WeakLevels.Of(view, known, asked);
        if (!columns.History.TellsRealTime)
        {
            Add(sessions, view, "");
            Take(sessions, SessionModels);
            if (!view.IsSound)
                decisions.Break(SessionModels[0]);
            return;
        }

        if (sessions.Broken < WeakLevel.None || !view.IsSound)
            decisions.Break("causal", "causal+");
        else if (sessions.Holds(WeakLevel.Causal))
            decisions.Hold("causal", "causal+");
        // Without sessions less is asked.
        if (sessions.Broken == WeakLevel.None)
        {
            Take(sessions, DataModels);
            return;
        }

        var alone = WeakView.Of(columns, isIntermediate, withSessions: false);
        var data = WeakLevels.Of(alone, known, asked);
        Add(data, alone, "");
        if (sessions.Broken < data.Broken)
            Add(sessions, view, "-process");
        Take(data, DataModels);
    }

    void Take(WeakAnswer answer, string[][] models)
    {
        for (var level = WeakLevel.ReadCommitted; level < WeakLevel.None; level++)
            if (answer.Broken == level)
                decisions.Break(models[(int)level]);
            else if (answer.Holds(level))
                decisions.Hold(models[(int)level]);
    }

    // Cycles of sessions and reads alone have names of their own.
    void Add(WeakAnswer answer, WeakView view, string suffix)
    {
        if (answer.Edges is not { } edges)
            return;
        var told = new WeakStory(view, edges).Tell();
        if (columns.History.TellsRealTime && IsToldAlready(told, suffix))
            return;
        findings.AddCycle(
            Names[(int)answer.Broken] + suffix, () => told.Sentence, () => told.Steps, told.Transactions);
    }

    // Where the order of versions is known, the cycle was found as one of Adya's, and goes by that name.
    bool IsToldAlready(WeakCycle told, string suffix) => findings.InOrder().Any(found =>
        (found.Type.StartsWith("G-", StringComparison.Ordinal) || found.Type == "internal")
        && (suffix.Length > 0 || !found.Type.EndsWith("-process", StringComparison.Ordinal))
        && !found.Type.EndsWith("-realtime", StringComparison.Ordinal)
        && Array.TrueForAll(
            told.Readers,
            reader => columns.IsUnseen(reader) || found.Witness.Contains(columns.Operations[reader])));
}
