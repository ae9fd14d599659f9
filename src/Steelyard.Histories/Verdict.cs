namespace Steelyard.Histories;

/// <summary>The three values of a judgement; Unknown is never green.</summary>
public enum Validity : byte
{
    /// <summary>The history keeps the promise.</summary>
    Valid,

    /// <summary>It breaks the promise; the verdict holds a witness.</summary>
    Invalid,

    /// <summary>A limit ran out, or the history says too little; the verdict says which.</summary>
    Unknown,
}

/// <summary>One way in which a history breaks a promise.</summary>
/// <param name="Type">Its name in the field's words: Adya's and Elle's (<c>G1c</c>), or the checker's
/// own.</param>
/// <param name="Explanation">One plain sentence.</param>
/// <param name="Witness">Indices of the few operations that show it, in the history judged.</param>
public sealed record Anomaly(string Type, string Explanation, IReadOnlyList<int> Witness)
{
    /// <summary>The circle of dependencies that shows it, where it is one: each step leads to where the next
    /// begins, and the last one back to the first. Else empty.</summary>
    public IReadOnlyList<CycleStep> Cycle { get; init; } = [];

    /// <summary>Where the operations named have no order under a model: the longest orders of some of them
    /// that it allows. Empty where they are many, and for other anomalies.</summary>
    public IReadOnlyList<PartialOrder> PartialOrders { get; init; } = [];
}

/// <summary>Why one transaction of a cycle comes before the next (Adya 1999, section 3.1).</summary>
/// <param name="From">The operation that comes before.</param>
/// <param name="To">The operation that comes after.</param>
/// <param name="Kind"><c>ww</c>: it wrote a version, the other a later one; <c>wr</c>: the other read it;
/// <c>rw</c>: it read a version, the other wrote a later one; <c>process</c>; <c>realtime</c>.</param>
/// <param name="Key">What the dependency is about; nil for the order of processes and of real time.</param>
/// <param name="Change">The versions concerned, such as <c>4 → 5</c>; empty where there is no key.</param>
/// <param name="Explanation">One plain sentence, without its full stop.</param>
public sealed record CycleStep(
    int From, int To, string Kind, Value Key, string Change, string Explanation);

/// <summary>What a checker says of a history.</summary>
public sealed record Verdict
{
    /// <summary>The checker's name.</summary>
    public required string Checker { get; init; }

    /// <summary>What was asked, as the checker's plain sentence; null where nobody said it, and then the
    /// name stands for itself.</summary>
    public string? Sentence { get; init; }

    /// <summary>Valid, Invalid or Unknown.</summary>
    public required Validity Validity { get; init; }

    /// <summary>One plain sentence for people: what was found, with its counts.</summary>
    public required string Summary { get; init; }

    /// <summary>What was found wrong; the first is the most telling. Empty unless Invalid, but for judges of
    /// consistency models: these also list what the model asked for allows.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; init; } = [];

    /// <summary>Consistency models that the history cannot have been under, weak ones first; empty where
    /// models were not judged.</summary>
    public IReadOnlyList<string> NotModels { get; init; } = [];

    /// <summary>Consistency models that were checked and hold, weak ones first; empty where models were not
    /// judged.</summary>
    public IReadOnlyList<string> HeldModels { get; init; } = [];

    /// <summary>Consistency models that were not looked at, or not to an end: nothing found rules them out,
    /// and nothing shows that they hold. Weak ones first; empty where models were not judged.</summary>
    public IReadOnlyList<string> UndecidedModels { get; init; } = [];

    /// <summary>Proof of a Valid, where the checker has one: operation indices in an order that explains the
    /// history; null where it has none.</summary>
    public IReadOnlyList<int>? Linearization { get; init; }

    /// <summary>What ran out (<c>10,000,000 search steps</c>) or was missing; null unless Unknown.</summary>
    public string? Exhausted { get; init; }

    /// <summary>A Valid.</summary>
    public static Verdict Holds(string checker, string summary, IReadOnlyList<int>? linearization = null) =>
        new()
        {
            Checker = checker,
            Validity = Validity.Valid,
            Summary = summary,
            Linearization = linearization,
        };

    /// <summary>An Invalid; the summary is the first anomaly's sentence.</summary>
    public static Verdict Broken(string checker, params IReadOnlyList<Anomaly> anomalies) =>
        new()
        {
            Checker = checker,
            Validity = Validity.Invalid,
            Summary = anomalies[0].Explanation,
            Anomalies = anomalies,
        };

    /// <summary>An Unknown.</summary>
    /// <param name="checker">The checker's name.</param>
    /// <param name="exhausted">What ran out or was missing.</param>
    public static Verdict Undecided(string checker, string exhausted) =>
        new()
        {
            Checker = checker,
            Validity = Validity.Unknown,
            Summary = $"not decided: {exhausted}",
            Exhausted = exhausted,
        };

    /// <summary>One word for many verdicts: Invalid outranks Unknown, and Unknown outranks Valid.</summary>
    public static Validity Overall(IEnumerable<Verdict> verdicts)
    {
        var worst = Validity.Valid;
        foreach (var verdict in verdicts)
            worst = (worst, verdict.Validity) switch
            {
                (Validity.Invalid, _) or (_, Validity.Invalid) => Validity.Invalid,
                (Validity.Unknown, _) or (_, Validity.Unknown) => Validity.Unknown,
                _ => Validity.Valid,
            };
        return worst;
    }
}
