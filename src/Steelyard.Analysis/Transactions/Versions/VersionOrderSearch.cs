using Steelyard.Analysis.Transactions.Cycles;
using Steelyard.Analysis.Transactions.Weak;

namespace Steelyard.Analysis.Transactions.Versions;

/// <summary>
/// Decides the models that ask for an order of each key's versions and are no plain question of cycles
/// (Adya 1999, chapter 4; Liu et al. 2018): every order of those who wrote a key is tried, as far as what is
/// chosen does not break the model yet. First the order in which transactions completed, which explains most
/// histories that are right.
/// </summary>
/// <remarks>What is broken stays so, whatever else is chosen. Limits count words of bits looked at.</remarks>
internal sealed class VersionOrderSearch
{
    /// <summary>The most transactions it looks at.</summary>
    public const int MostTransactions = 1_024;

    const long MostWork = 40_000_000;

    static readonly (string Model, Func<VersionRules, BitRelation, bool> Breaks)[] Models =
    [
        ("cursor-stability", (rules, order) => rules.LosesUpdate(order)),
        ("monotonic-view", (rules, order) => rules.GoesBack(order)),
        ("update-atomic", (rules, order) => rules.MissesConflict(order)),
        ("consistent-view", (rules, order) => rules.HasSingle(order)),
        ("update-serializable", (rules, order) => rules.HasUpdateCycle(order)),
    ];

    readonly VersionHistory _history;
    readonly VersionRules _rules;
    readonly Func<VersionRules, BitRelation, bool> _breaks;
    readonly IReadOnlyList<(int One, int Other)> _pairs;
    long _work;

    VersionOrderSearch(VersionHistory history, Func<VersionRules, BitRelation, bool> breaks)
    {
        (_history, _rules, _breaks) = (history, new(history), breaks);
        _pairs = _rules.Pairs;
    }

    /// <summary>True for models that may be decided here.</summary>
    public static bool Decides(string model) =>
        Array.Exists(Models, row => TransactionLattice.Implied(model).Contains(row.Model));

    /// <summary>Decides all that are not yet.</summary>
    /// <param name="columns">The transactions.</param>
    /// <param name="known">What lists tell of the order of commits; null is nothing.</param>
    /// <param name="findings">Where to.</param>
    /// <param name="decisions">Where to.</param>
    public static void Decide(
        TransactionColumns columns, CommitEdges? known, Findings findings, ModelDecisions decisions)
    {
        int[] members = [.. Enumerable.Range(0, columns.Count).Where(columns.Counts)];
        if (members.Length > MostTransactions)
        {
            foreach (var (model, _) in Models)
                decisions.Leave(
                    model,
                    $"orders of versions are tried for {model} up to {MostTransactions:N0} transactions");
            return;
        }

        var history = new VersionHistory(columns, members, known);
        foreach (var (model, breaks) in Models)
        {
            if (decisions.IsDecided(model))
                continue;
            var answer = new VersionOrderSearch(history, breaks).Search();
            if (answer == true)
                decisions.Hold(model);
            else if (answer == false)
                Break(model, history, breaks, findings, decisions);
            else
                decisions.Leave(model, $"there are too many orders of versions to try for {model}");
        }
    }

    static void Break(
        string model, VersionHistory history, Func<VersionRules, BitRelation, bool> breaks,
        Findings findings, ModelDecisions decisions)
    {
        decisions.Break(model);
        var few = Fewer(history, breaks);
        var names = few.Take(8).Select(history.Columns.Name);
        findings.Add(
            $"not-{model}",
            () => $"{string.Join(", ", names)} contradict each other under {model} in whatever order their"
                + " writes took effect",
            few);
    }

    // Leaves out what the contradiction does not need, ever fewer at a time (Zeller and Hildebrandt 2002).
    static int[] Fewer(VersionHistory history, Func<VersionRules, BitRelation, bool> breaks)
    {
        var (left, work) = (history.Members, 0L);
        for (var size = (left.Length + 1) / 2; size >= 1; size /= 2)
            for (var start = 0; start < left.Length && work < MostWork;)
            {
                int[] rest = [.. left[..start], .. left[Math.Min(start + size, left.Length)..]];
                var search = new VersionOrderSearch(new(history.Columns, rest, history.Order), breaks);
                var stays = search.Search() == false;
                work += search._work + (long)rest.Length * rest.Length;
                if (stays)
                    left = rest;
                else
                    start += size;
            }

        return left;
    }

    // True where some order keeps the model, false where none does, null where the search ran out.
    bool? Search()
    {
        if (!_history.IsOrder)
            return false;
        if (!_breaks(_rules, Completed()))
            return true;
        return Extend(_history.Known, 0);
    }

    BitRelation Completed()
    {
        var order = _history.Known.Copy();
        // One after another of each key first: most pairs then follow.
        foreach (var writers in _history.Writers.OfType<List<int>>())
        {
            var inOrder = writers.OrderBy(_rules.CompletedAt).ToList();
            for (var i = 1; i < inOrder.Count; i++)
                _ = order.Has(inOrder[i], inOrder[i - 1]) || order.TryLead(inOrder[i - 1], inOrder[i]);
        }

        foreach (var (one, other) in _pairs)
            if (!IsOrdered(order, (one, other)))
                _ = _rules.CompletedAt(one) <= _rules.CompletedAt(other)
                    ? order.TryLead(one, other)
                    : order.TryLead(other, one);
        return order;
    }

    bool? Extend(BitRelation order, int next)
    {
        _work += order.Size + _rules.Cost;
        if (_work > MostWork)
            return null;
        if (_breaks(_rules, order))
            return false;
        while (next < _pairs.Count && IsOrdered(order, _pairs[next]))
            next++;
        if (next == _pairs.Count)
            return true;
        var (one, other) = _pairs[next];
        if (_rules.CompletedAt(one) > _rules.CompletedAt(other))
            (one, other) = (other, one);
        var first = Choose(order, one, other, next);
        return first == false ? Choose(order, other, one, next) : first;
    }

    bool? Choose(BitRelation order, int one, int other, int next)
    {
        var chosen = order.Copy();
        return chosen.TryLead(one, other) ? Extend(chosen, next + 1) : false;
    }

    static bool IsOrdered(BitRelation order, (int One, int Other) pair) =>
        order.Has(pair.One, pair.Other) || order.Has(pair.Other, pair.One);
}
