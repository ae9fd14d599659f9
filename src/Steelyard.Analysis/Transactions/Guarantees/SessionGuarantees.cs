using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Guarantees;

/// <summary>
/// The guarantees of sessions (Terry et al. 1994; PRAM: Lipton and Sandberg 1988) of transactions: a process'
/// steps one after another are its session, and each read and each write stands for itself, as of single
/// objects. So they ask nothing of what transactions see as a whole.
/// </summary>
internal static class SessionGuarantees
{
    /// <summary>Their words, weak ones first.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["read-your-writes", "monotonic-reads", "monotonic-writes", "writes-follow-reads", "pram"];

    /// <summary>Decides all that are not yet.</summary>
    /// <param name="findings">What was found, and where to.</param>
    /// <param name="decisions">Where to.</param>
    /// <param name="readsLists">True for lists.</param>
    /// <param name="judge">Finds a breach of a word; null where it holds; a text why it cannot be
    /// told.</param>
    public static void Decide(
        Findings findings, ModelDecisions decisions, bool readsLists,
        Func<string, (GuaranteeBreach? Breach, string? Open)> judge)
    {
        // What was never there, or a list in no order, no session explains.
        if (findings.Counts.Keys.Any(type => type is "garbage-read" or "G1a"
            or "duplicate-elements" or "incompatible-order" || (readsLists && type == "cyclic-versions")))
            decisions.Break(Words);
        foreach (var word in Words)
        {
            if (decisions.IsDecided(word))
                continue;
            var (breach, open) = judge(word);
            if (open is not null)
                decisions.Leave(word, open);
            else if (breach is null)
                decisions.Hold(word);
            else
                Add(word, breach, findings, decisions);
        }
    }

    static void Add(string word, GuaranteeBreach breach, Findings findings, ModelDecisions decisions)
    {
        findings.Add(word, () => breach.Sentence, breach.Transactions);
        decisions.Break(word);
    }
}

/// <summary>How transactions break a guarantee.</summary>
/// <param name="Transactions">The few that show it.</param>
/// <param name="Sentence">One plain sentence.</param>
internal sealed record GuaranteeBreach(int[] Transactions, string Sentence);
