using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions;

/// <summary>
/// Consistency models, what each one implies and what each one forbids, as data. A model forbids what the
/// models it implies forbid, and every anomaly that is a special case of a forbidden one.
/// </summary>
/// <remarks>
/// Sources: Adya 1999; Berenson et al. 1995; Bailis et al. 2013; Cerone, Bernardi and Gotsman 2015; Cerone
/// and Gotsman 2016; Daudjee and Salem 2004 and 2006; Liu et al. 2018 (update atomic); and the catalogue at
/// jepsen.io/consistency.
/// </remarks>
public static class ConsistencyLattice
{
    // Model: what it implies; what it forbids beyond that. From weak to strong.
    static readonly (string Model, string Implies, string Forbids)[] Models =
    [
        ("read-uncommitted", "", "G0 duplicate-elements cyclic-versions garbage-read"),
        ("read-committed", "read-uncommitted", "G1"),
        ("monotonic-atomic-view", "read-committed", "G-monotonic"),
        ("monotonic-view", "read-committed", "G-monotonic"),
        ("monotonic-snapshot-read", "read-committed", ""),
        ("cursor-stability", "read-committed", "lost-update"),
        ("read-atomic", "monotonic-atomic-view", "internal G1a future-read fractured-read"),
        ("update-atomic", "read-atomic", "lost-update"),
        ("transactional-causal", "read-atomic", "internal G1a causality-violation"),
        ("prefix", "transactional-causal", "internal G1a no-prefix-order"),
        ("parallel-snapshot-isolation", "transactional-causal update-atomic", "internal G1a"),
        ("consistent-view", "cursor-stability monotonic-view", "G-single"),
        ("forward-consistent-view", "consistent-view", ""),
        ("update-serializable", "forward-consistent-view", ""),
        ("snapshot-isolation",
            "forward-consistent-view monotonic-atomic-view monotonic-snapshot-read"
            + " parallel-snapshot-isolation prefix",
            "internal G-nonadjacent no-snapshot-order"),
        ("repeatable-read", "cursor-stability monotonic-atomic-view",
            "G2-item lost-update no-serial-order"),
        ("serializable", "repeatable-read snapshot-isolation update-serializable",
            "internal G2 no-serial-order"),
        ("strong-session-read-uncommitted", "read-uncommitted", "G0-process"),
        ("strong-session-read-committed", "read-committed strong-session-read-uncommitted", "G1c-process"),
        ("strong-session-snapshot-isolation", "snapshot-isolation strong-session-read-committed",
            "G1-process G-nonadjacent-process causality-violation-process no-snapshot-order-process"),
        ("strong-session-serializable", "serializable strong-session-snapshot-isolation",
            "G1-process G2-process no-serial-order-process"),
        ("strong-read-uncommitted", "strong-session-read-uncommitted", "G0-realtime"),
        ("strong-read-committed", "strong-session-read-committed strong-read-uncommitted", "G1c-realtime"),
        ("strong-snapshot-isolation", "strong-session-snapshot-isolation strong-read-committed",
            "G1-realtime G-nonadjacent-realtime no-snapshot-order-realtime"),
        ("monotonic-reads", "", ""),
        ("monotonic-writes", "", ""),
        ("read-your-writes", "", ""),
        ("writes-follow-reads", "", ""),
        ("pram", "monotonic-reads monotonic-writes read-your-writes", ""),
        // Of transactions both words mean what Biswas and Enea (2019) call causal consistency.
        ("causal", "writes-follow-reads pram", "causality-violation-process"),
        // Causal convergence and causal memory are incomparable (Bouajjani et al. 2017, section 2.5): the
        // first asks for one order of all writes, but not that the reads of a process fit into one view that
        // only grows, so it does not imply PRAM either. A sequential order gives both: it arbitrates all
        // writes, and every process can take it as its view.
        ("causal+", "monotonic-reads monotonic-writes read-your-writes writes-follow-reads",
            "causality-violation-process"),
        ("sequential", "causal causal+", ""),
        ("2-atomic", "", ""),
        ("linearizable", "sequential 2-atomic", ""),
        ("strict-serializable",
            "serializable strong-session-serializable strong-snapshot-isolation linearizable",
            "G1-realtime G2-realtime no-serial-order-realtime"),
    ];

    // Anomaly: those it is a special case of. From grave to subtle.
    static readonly (string Anomaly, string Implies)[] Anomalies =
    [
        ("garbage-read", ""),
        ("duplicate-elements", ""),
        ("cyclic-versions", ""),
        ("G0", "G1c G0-process"),
        ("dirty-update", "G1a"),
        ("incompatible-order", "G1a"),
        ("G1a", "G1"),
        ("G1b", "G1"),
        ("future-read", "G1c"),
        ("G1c", "G1 G1c-process"),
        ("G1", "G1-process"),
        ("internal", ""),
        ("G-monotonic", "fractured-read G-monotonic-process"),
        ("fractured-read", "causality-violation fractured-read-process"),
        ("causality-violation", "causality-violation-process"),
        ("lost-update", "G2-item"),
        ("G-single-item", "G-single G-nonadjacent-item G-single-item-process"),
        ("G-single", "G-nonadjacent G-single-process"),
        ("G-nonadjacent-item", "G-nonadjacent G2-item G-nonadjacent-item-process"),
        ("G-nonadjacent", "G2 G-nonadjacent-process"),
        ("G2-item", "G2 G2-item-process"),
        ("G2", "G2-process"),
        ("G0-process", "G1c-process G0-realtime"),
        ("G1c-process", "G1-process G1c-realtime"),
        ("G1-process", "G1-realtime"),
        ("G-monotonic-process", "fractured-read-process"),
        ("fractured-read-process", "causality-violation-process"),
        ("causality-violation-process", ""),
        ("G-single-item-process", "G-single-process G-nonadjacent-item-process G-single-item-realtime"),
        ("G-single-process", "G-nonadjacent-process G-single-realtime"),
        ("G-nonadjacent-item-process", "G-nonadjacent-process G2-item-process G-nonadjacent-item-realtime"),
        ("G-nonadjacent-process", "G2-process G-nonadjacent-realtime"),
        ("G2-item-process", "G2-process G2-item-realtime"),
        ("G2-process", "G2-realtime"),
        ("G0-realtime", "G1c-realtime"),
        ("G1c-realtime", "G1-realtime"),
        ("G1-realtime", ""),
        ("G-single-item-realtime", "G-single-realtime G-nonadjacent-item-realtime"),
        ("G-single-realtime", "G-nonadjacent-realtime"),
        ("G-nonadjacent-item-realtime", "G-nonadjacent-realtime G2-item-realtime"),
        ("G-nonadjacent-realtime", "G2-realtime"),
        ("G2-item-realtime", "G2-realtime"),
        ("G2-realtime", ""),
        ("no-prefix-order", "no-snapshot-order no-prefix-order-process"),
        ("no-prefix-order-process", "no-snapshot-order-process"),
        ("no-snapshot-order", "no-serial-order no-snapshot-order-process"),
        ("no-serial-order", "no-serial-order-process"),
        ("no-snapshot-order-process", "no-serial-order-process no-snapshot-order-realtime"),
        ("no-serial-order-process", "no-serial-order-realtime"),
        ("no-snapshot-order-realtime", "no-serial-order-realtime"),
        ("no-serial-order-realtime", ""),
    ];

    static readonly Dictionary<string, int> ModelPlaces = Models
        .Select((row, place) => (row.Model, place))
        .ToDictionary(row => row.Model, row => row.place);

    static readonly Dictionary<string, int> AnomalyPlaces = Anomalies
        .Select((row, place) => (row.Anomaly, place))
        .ToDictionary(row => row.Anomaly, row => row.place);

    static readonly Dictionary<string, string[]> ImpliedModels = Models.ToDictionary(
        row => row.Model, row => ImpliedBy(row.Model));

    static readonly Dictionary<string, HashSet<string>> Forbidden = Models.ToDictionary(
        row => row.Model,
        row => (IsOfSingleObjects(row.Model) ? [] : ImpliedModels[row.Model])
            .SelectMany(weaker => Words(Models[ModelPlaces[weaker]].Forbids))
            .ToHashSet(StringComparer.Ordinal));

    /// <summary>All models, weak ones first.</summary>
    public static IReadOnlyList<string> ModelNames { get; } = [.. Models.Select(row => row.Model)];

    /// <summary>All anomalies that rule out some model, grave ones first.</summary>
    public static IReadOnlyList<string> AnomalyNames { get; } = [.. Anomalies.Select(row => row.Anomaly)];

    /// <summary>The model and all that it implies, in order of <see cref="ModelNames"/>.</summary>
    /// <exception cref="UserMistakeException">There is no such model.</exception>
    public static IReadOnlyList<string> Implied(string model)
    {
        if (!ImpliedModels.TryGetValue(model, out var implied))
            throw new UserMistakeException(
                $"expected a consistency model, one of {string.Join(", ", ModelNames)}; found \"{model}\"");
        return implied;
    }

    /// <summary>All models that anomalies rule out, in order of <see cref="ModelNames"/>.</summary>
    /// <param name="anomalies">Names of anomalies; names unknown here rule out nothing.</param>
    public static IReadOnlyList<string> RuledOut(params IEnumerable<string> anomalies)
    {
        var implied = Closure(
            anomalies.Where(AnomalyPlaces.ContainsKey), name => Anomalies[AnomalyPlaces[name]].Implies);
        return [.. ModelNames.Where(model => implied.Overlaps(Forbidden[model]))];
    }


    /// <summary>Of the models given, those that imply no other of them.</summary>
    public static IReadOnlyList<string> Weakest(IReadOnlyList<string> models) =>
        [.. models.Where(model => !Implied(model).Any(weaker => weaker != model && models.Contains(weaker)))];

    /// <summary>Of the models given, those that no other of them implies.</summary>
    public static IReadOnlyList<string> Strongest(IReadOnlyList<string> models) =>
        [.. models.Where(model => !models.Any(other => other != model && Implied(other).Contains(model)))];

    /// <summary>True when a model does not allow an anomaly.</summary>
    public static bool Forbids(string model, string anomaly) => RuledOut(anomaly).Contains(model);

    /// <summary>The place of an anomaly in <see cref="AnomalyNames"/>; after all for unknown ones.</summary>
    internal static int Severity(string anomaly) => AnomalyPlaces.GetValueOrDefault(anomaly, int.MaxValue);

    // Anomalies of transactions are about several keys; these words are about each by itself.
    static bool IsOfSingleObjects(string model) => model is "linearizable" or "2-atomic" or "sequential";

    static string[] ImpliedBy(string model)
    {
        var implied = Closure([model], name => Models[ModelPlaces[name]].Implies);
        return [.. Models.Select(row => row.Model).Where(implied.Contains)];
    }

    static HashSet<string> Closure(IEnumerable<string> names, Func<string, string> implies)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
            if (seen.Add(name))
                foreach (var implied in Words(implies(name)))
                    open.Push(implied);
        return seen;
    }

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
