using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Analysis.Transactions.Guarantees;
using Steelyard.Analysis.Transactions.Polygraphs;
using Steelyard.Analysis.Transactions.Versions;
using Steelyard.Analysis.Transactions.Weak;

namespace Steelyard.Analysis.Transactions;

/// <summary>What neither cycles nor polygraphs nor the weak levels decide, of lists and of registers: models
/// that ask for an order of versions, each key by itself, and session words.</summary>
internal static class RemainingModels
{
    /// <summary>Searches can cost more than all the rest, and causal consistency more than the weaker levels.
    /// Up to so many transactions all is looked for, so that the anomalies do not depend on the model asked
    /// for; above, only what can decide it.</summary>
    public const int SearchedAnyhow = 10_000;

    /// <summary>Decides them, those that the model asked for needs at any size.</summary>
    /// <param name="columns">The transactions.</param>
    /// <param name="known">What lists tell of the order of commits; null for registers.</param>
    /// <param name="findings">Where to.</param>
    /// <param name="decisions">Where to.</param>
    /// <param name="model">The model asked for.</param>
    /// <param name="guarantees">Makes what judges session words.</param>
    public static void Decide(
        TransactionColumns columns, CommitEdges? known, Findings findings, ModelDecisions decisions,
        string model, Func<Func<string, (GuaranteeBreach? Breach, string? Open)>> guarantees)
    {
        var isSmall = columns.Count <= SearchedAnyhow;
        if (isSmall || (!decisions.IsDecided(model) && VersionOrderSearch.Decides(model)))
            VersionOrderSearch.Decide(columns, known, findings, decisions);
        if (columns.Count <= KeysAlone.MostAnyhow || model == "linearizable")
            new KeysAlone(columns, findings, decisions).Decide();
        if (isSmall || !decisions.IsDecided(model))
            SessionGuarantees.Decide(findings, decisions, readsLists: known is not null, guarantees());
    }
}
