using Steelyard.Histories;

namespace Steelyard.Report;

/// <summary>What the names of promises and measurements mean, for a reader who never met them.</summary>
internal static class PlainWords
{
    /// <summary>A promise as a sentence; a name without one stands for itself.</summary>
    public static string OfPromise(string checker) => checker switch
    {
        "linearizable" => "Every operation takes effect at one instant between its call and its answer",
        "total-conserved" => "No money appears or disappears",
        "no-overdraft" => "No account goes below zero",
        "exactly-once" => "Every effect happens exactly once, retries included",
        "acknowledged-kept" => "Nothing that was acknowledged is lost",
        "delivered-once" => "Every message is delivered once to each reader",
        "replies-after-parents" => "No reply is seen before the message it answers",
        "replicas-converge" => "All replicas are equal once the faults are healed",
        "status-kept" => "No status update is silently overwritten",
        "read-your-writes" => "A client sees its own writes",
        "monotonic-reads" => "A client never sees time run backwards",
        "bounded-staleness" => "No read is older than the bound allows",
        "list-append" => "Transactions over lists fit the consistency model",
        "rw-register" => "Transactions over registers fit the consistency model",
        "long-fork" => "No two transactions see two writes in opposite orders",
        "adya-g2" => "Of two inserts that exclude each other, one at most succeeds",
        "comments" or "causal-reverse" => "No write is seen without one that had completed before it began",
        "monotonic-writes" => "A client's writes take effect in its order",
        "writes-follow-reads" => "A write comes after the writes its client had read",
        "pram" => "Every client sees each other client's writes in their order",
        "causal" => "Effects are never seen without their causes",
        "causal+" => "Effects are never seen without their causes, and all agree on one order of writes",
        "sequential" => "All agree on one order, in which each client keeps its own",
        "2-atomic" => "Every read returns one of the last two writes",
        "bank" => "Transfers keep the total, and no account goes below zero",
        "set" => "Every acknowledged element is in the final read",
        "set-full" => "Every acknowledged element is read from some time on",
        "counter" => "Every read lies between what must and what may have been added",
        "unique-ids" => "No id is given out twice",
        "total-queue" => "What goes in comes out",
        "partial-queue" => "What comes out went in, and only once",
        "kafka" or "log" => "Every acknowledged message is polled, in one order",
        "monotonic" => "Values that only grow are never seen to shrink",
        "oversell" => "Never more is sold than there is",
        "no-orphan" => "Nothing is reserved or charged but for an order that stands",
        "one-order-per-id" => "However often an order is sent, there is one of it",
        "orders-settle" => "Every order is confirmed or cancelled in the end, as its client was told",
        "fenced-mutex" => "One holder at a time, and no write with an outdated token",
        "leader" => "No term has two leaders",
        "available-during-partition" => "Requests are answered on every side of the partition",
        _ => Capitalized(checker.Replace('-', ' ')),
    };

    /// <summary>The word of a verdict; a limit that ran out is never a success.</summary>
    public static string OfVerdict(Validity validity) => validity switch
    {
        Validity.Valid => "held",
        Validity.Invalid => "broke",
        Validity.Unknown => "unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(validity), validity, "no such verdict"),
    };

    /// <summary>The verdicts of a run in one sentence.</summary>
    public static string Headline(string subject, IReadOnlyList<Verdict> verdicts)
    {
        var held = verdicts.Count(v => v.Validity == Validity.Valid);
        var broke = verdicts.Count(v => v.Validity == Validity.Invalid);
        var unknown = verdicts.Count - held - broke;
        if (verdicts.Count == 0)
            return $"{subject} was run; nothing was asked of it";
        if (held == verdicts.Count)
            return verdicts.Count == 1 ? $"{subject} kept its promise"
                : $"{subject} kept all {Number(held)} promises";
        if (broke == 0)
            return held == 0
                ? $"{subject} kept none of its promises for sure; {Number(unknown)} could not be decided"
                : $"{subject} kept {Number(held)} of {Number(verdicts.Count)} promises;"
                    + $" {Number(unknown)} could not be decided";
        var broken = verdicts.Count == 1
            ? $"{subject} broke its promise"
            : $"{subject} broke {Number(broke)} of {Number(verdicts.Count)} promises";
        return unknown == 0 ? broken : $"{broken}, and {Number(unknown)} could not be decided";
    }

    /// <summary>First letter upper-case.</summary>
    public static string Capitalized(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    static string Number(int count) => count switch
    {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        _ => $"{count}",
    };
}
