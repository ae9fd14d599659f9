using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Cycles;

/// <summary>The anomalies found: all types, and of each type the first few with how many there
/// were.</summary>
internal sealed class Findings(TransactionColumns columns)
{
    // A broken database shows the same anomaly thousands of times; a few of each type tell the story.
    const int ShownOfType = 8;

    readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    readonly List<Anomaly> _shown = [];

    /// <summary>How often each type was found.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>Adds one; the sentence is made only if it will be shown.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="sentence">Makes the sentence.</param>
    /// <param name="transactions">The transactions that show it.</param>
    public void Add(string type, Func<string> sentence, params ReadOnlySpan<int> transactions) =>
        AddCycle(type, sentence, () => [], transactions);

    /// <summary>Adds one that is a cycle; it is told only if it will be shown.</summary>
    /// <param name="type">Its name.</param>
    /// <param name="sentence">Makes the sentence.</param>
    /// <param name="cycle">Makes the cycle's steps; none are shown where one of the transactions stands in
    /// no recording.</param>
    /// <param name="transactions">The transactions that show it.</param>
    public void AddCycle(
        string type, Func<string> sentence, Func<IReadOnlyList<CycleStep>> cycle,
        params ReadOnlySpan<int> transactions)
    {
        var count = _counts.GetValueOrDefault(type);
        _counts[type] = count + 1;
        if (count >= ShownOfType)
            return;
        var witness = new List<int>();
        foreach (var transaction in transactions)
            if (!columns.IsUnseen(transaction))
                witness.Add(columns.Operations[transaction]);
        var steps = witness.Count < transactions.Length ? [] : cycle();
        _shown.Add(new(type, sentence(), [.. witness.Distinct()]) { Cycle = steps });
    }

    /// <summary>Adds one that was found by itself.</summary>
    public void Add(Anomaly found)
    {
        _counts[found.Type] = _counts.GetValueOrDefault(found.Type) + 1;
        _shown.Add(found);
    }

    /// <summary>Those shown, the weakest promise broken first, and then by name.</summary>
    public IReadOnlyList<Anomaly> InOrder() =>
        [.. _shown.OrderBy(found => ConsistencyLattice.Severity(found.Type))
            .ThenBy(found => found.Type, StringComparer.Ordinal)];
}
