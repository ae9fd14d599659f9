using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Weak;

/// <summary>The levels as Biswas and Enea (2019) define them.</summary>
internal enum Axiom
{
    ReadCommitted,
    ReadAtomic,
    Causal,
}

/// <summary>
/// The definitions tried out: a level holds when some order of commits that fits sessions and reads satisfies
/// its axiom. All orders of all transactions that may have happened are tried.
/// </summary>
internal sealed class WeakBruteForce
{
    readonly List<Txn> _all = [];
    readonly bool _withSessions;
    readonly bool _ownReadsCount;

    /// <summary>Takes a history.</summary>
    /// <param name="history">The history.</param>
    /// <param name="withSessions">True when the order of a process counts.</param>
    /// <param name="ownReadsCount">True when a read that contradicts the transaction's own write breaks the
    /// level.</param>
    public WeakBruteForce(History history, bool withSessions, bool ownReadsCount = true)
    {
        _withSessions = withSessions;
        _ownReadsCount = ownReadsCount;
        foreach (var operation in history.Operations)
            _all.Add(new(operation));
    }

    /// <summary>True when a transaction read what another had written, of a key that it had written
    /// itself.</summary>
    public bool AnyReadOverOwnWrite => _all.Exists(txn => txn.Outcome == Outcome.Ok && txn.Steps.Index().Any(
        step => step.Item is { IsWrite: false, Value.IsNil: false } read
            && txn.Steps.Take(step.Index).Any(one => one.IsWrite && one.Key == read.Key)
            && !txn.Steps.Exists(one => one.IsWrite && one.Key == read.Key && one.Value == read.Value)));

    public bool Holds(Axiom axiom)
    {
        var unsure = _all.Where(txn => txn.Outcome is Outcome.Info or Outcome.Open).ToList();
        for (var bits = 0; bits < 1 << unsure.Count; bits++)
        {
            var chosen = _all.Where(txn => txn.Outcome == Outcome.Ok
                || (unsure.IndexOf(txn) is >= 0 and var place && ((bits >> place) & 1) != 0)).ToList();
            if (Reads(chosen) is { } reads && AnyOrder(chosen, reads, axiom))
                return true;
        }

        return false;
    }

    // Reads of others, with their writer (null: the first state); null where a read is of none of them.
    List<Seen>? Reads(List<Txn> chosen)
    {
        var reads = new List<Seen>();
        foreach (var reader in chosen.Where(txn => txn.Outcome == Outcome.Ok))
            for (var i = 0; i < reader.Steps.Count; i++)
            {
                var step = reader.Steps[i];
                if (step.IsWrite)
                    continue;
                var own = reader.Steps.Take(i).LastOrDefault(one => one.IsWrite && one.Key == step.Key);
                if (own is not null && own.Value != step.Value && _ownReadsCount)
                    return null;
                // An older write of its own is a contradiction inside, and nothing to others.
                if (reader.Steps.Take(i).Any(
                        one => one.IsWrite && one.Key == step.Key && one.Value == step.Value))
                    continue;
                if (step.Value.IsNil)
                {
                    if (own is null)
                        reads.Add(new(reader, i, step.Key, null));
                    continue;
                }

                var writer = _all.Find(txn => txn.Steps.Exists(
                    one => one.IsWrite && one.Key == step.Key && one.Value == step.Value));
                if (writer is null || writer == reader || !chosen.Contains(writer)
                    || writer.Last(step.Key) != step.Value)
                    return null;
                if (own is null)
                    reads.Add(new(reader, i, step.Key, writer));
            }

        return reads;
    }

    bool AnyOrder(List<Txn> chosen, List<Seen> reads, Axiom axiom)
    {
        bool Direct(Txn one, Txn other) => reads.Exists(read => read.From == one && read.Reader == other)
            || (_withSessions && one.Process == other.Process && one.Index < other.Index);
        var leads = new HashSet<(Txn, Txn)>();
        foreach (var one in chosen)
            foreach (var other in chosen)
                if (Direct(one, other))
                    leads.Add((one, other));
        var closed = new HashSet<(Txn, Txn)>(leads);
        foreach (var middle in chosen)
            foreach (var one in chosen)
                foreach (var other in chosen)
                    if (closed.Contains((one, middle)) && closed.Contains((middle, other)))
                        closed.Add((one, other));
        var asked = new List<(Txn Before, Txn? After)>();
        foreach (var read in reads)
            foreach (var other in chosen.Where(txn => txn != read.From && txn.Last(read.Key) is not null))
            {
                var mustSee = axiom switch
                {
                    Axiom.ReadCommitted => reads.Exists(earlier => earlier.Reader == read.Reader
                        && earlier.Place < read.Place && earlier.From == other),
                    Axiom.ReadAtomic => leads.Contains((other, read.Reader)),
                    _ => closed.Contains((other, read.Reader)),
                };
                if (mustSee)
                    asked.Add((other, read.From));
            }

        return !asked.Exists(one => one.After is null)
            && AnyOrder(chosen, [.. leads, .. asked.Select(one => (one.Before, one.After!))], []);
    }

    // Every order in which nothing stands before what it has to follow, one transaction after the other.
    static bool AnyOrder(List<Txn> left, List<(Txn Before, Txn After)> asked, HashSet<Txn> placed) =>
        left.Count == 0 || left.Exists(next =>
        {
            if (asked.Exists(one => one.After == next && !placed.Contains(one.Before)))
                return false;
            placed.Add(next);
            var isWhole = AnyOrder([.. left.Where(txn => txn != next)], asked, placed);
            placed.Remove(next);
            return isWhole;
        });

    sealed record Step(bool IsWrite, Value Key, Value Value);

    sealed record Seen(Txn Reader, int Place, Value Key, Txn? From);

    sealed class Txn(Operation operation)
    {
        public int Index { get; } = operation.Index;

        public int Process { get; } = operation.Process;

        public Outcome Outcome { get; } = operation.Outcome;

        public List<Step> Steps { get; } =
        [
            .. (operation.Outcome == Outcome.Ok ? operation.Output : operation.Input).AsList.ToArray()
                .Select(step => new Step(step.AsList[0] == "w", step.AsList[1], step.AsList[2])),
        ];

        public Value? Last(Value key) => Steps.LastOrDefault(step => step.IsWrite && step.Key == key)?.Value;
    }
}
