
namespace Steelyard.Analysis.Transactions;

/// <summary>
/// What one model of transactions implies of others: <see cref="ConsistencyLattice"/>, and what holds besides
/// where there are no predicates and the order of commits is whatever explains the history.
/// </summary>
/// <remarks>
/// Without predicates repeatable read (PL-2.99) is serializability (Adya 1999, section 4.2.2). Where start
/// points may be chosen, forward consistent view (PL-FCV) is consistent view (PL-2+), and that is parallel
/// snapshot isolation (Cerone and Gotsman 2016). A view that is monotonic with all that led to it
/// is so with what it read from.
/// </remarks>
internal static class TransactionLattice
{
    // Words of single objects: what transactions show of several keys at once is nothing to them.
    static readonly Dictionary<string, string> OfSingleObjects = new(StringComparer.Ordinal)
    {
        ["linearizable"] = "2-atomic",
        ["2-atomic"] = "",
        ["sequential"] = "pram writes-follow-reads",
    };

    // Of transactions both are what Biswas and Enea (2019) call causal consistency: one order of commits, but
    // not one view of each process that only grows (Bouajjani et al. 2017, section 2.5), so not PRAM.
    static readonly Dictionary<string, string> Causal = new(StringComparer.Ordinal)
    {
        ["causal"] = "causal+ monotonic-reads monotonic-writes read-your-writes writes-follow-reads"
            + " transactional-causal",
        ["causal+"] = "causal",
    };

    static readonly Dictionary<string, string> Besides = new(StringComparer.Ordinal)
    {
        ["monotonic-view"] = "monotonic-atomic-view",
        ["consistent-view"] = "parallel-snapshot-isolation forward-consistent-view",
        ["parallel-snapshot-isolation"] = "consistent-view",
        ["repeatable-read"] = "serializable",
        ["strong-session-snapshot-isolation"] = "causal pram",
        ["strong-session-serializable"] = "sequential",
        ["strict-serializable"] = "linearizable sequential",
    };

    static readonly Dictionary<string, HashSet<string>> ImpliedBy =
        ConsistencyLattice.ModelNames.ToDictionary(name => name, Closure);

    /// <summary>The model and all that it implies.</summary>
    public static IReadOnlySet<string> Implied(string model) => ImpliedBy[model];

    /// <summary>Of the models given, those that imply none of the others; of several that say the same the
    /// first.</summary>
    public static IReadOnlyList<string> Weakest(IReadOnlyList<string> models) =>
    [
        .. models.Where((model, place) => !models.Where((other, at) => Implied(model).Contains(other)
            && other != model && (at < place || !Implied(other).Contains(model))).Any()),
    ];

    /// <summary>True for a word that asks of each key by itself, or of each step.</summary>
    public static bool IsOfSingleObjects(string model) => OfSingleObjects.ContainsKey(model);

    /// <summary>The model of transactions that asks no less than a word of single objects; null for
    /// others.</summary>
    public static string? Telling(string model) => model switch
    {
        "linearizable" or "2-atomic" => "strict-serializable",
        "sequential" => "strong-session-serializable",
        _ => null,
    };

    static HashSet<string> Closure(string model)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([model]);
        while (open.TryPop(out var name))
            if (seen.Add(name))
                foreach (var implied in Direct(name))
                    open.Push(implied);
        return seen.ToHashSet(StringComparer.Ordinal);
    }

    static IEnumerable<string> Direct(string model)
    {
        if (OfSingleObjects.TryGetValue(model, out var single) || Causal.TryGetValue(model, out single))
            return Words(single);
        var whole = ConsistencyLattice.Implied(model).Where(weaker => !IsOfSingleObjects(weaker));
        return Besides.TryGetValue(model, out var more) ? whole.Concat(Words(more)) : whole;
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
