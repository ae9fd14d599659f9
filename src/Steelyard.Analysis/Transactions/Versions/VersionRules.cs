using Steelyard.Histories;

namespace Steelyard.Analysis.Transactions.Versions;

/// <summary>
/// What each model forbids, given an order of transactions: all that reads and versions put before one
/// another, closed. Of two who wrote a key and are not ordered so far nothing is said.
/// </summary>
internal sealed class VersionRules
{
    readonly VersionHistory _history;
    readonly int[] _completed;
    readonly bool[] _isUpdate;
    readonly BitRelation _conflicts;

    public VersionRules(VersionHistory history)
    {
        _history = history;
        _isUpdate = new bool[history.Count];
        foreach (var writer in history.Writers.OfType<List<int>>().SelectMany(writers => writers))
            _isUpdate[writer] = true;
        _conflicts = new(history.Count);
        Cost = history.Reads.Sum(read => 4L + (history.Writers[read.Key]?.Count ?? 0));
        _completed = [.. history.Members.Select(CompletionOf)];
        Pairs = [.. Conflicting()];
        // Whoever was read had committed.
        foreach (var read in history.Reads)
            if (read.From >= 0)
                _completed[read.From] = Math.Min(_completed[read.From], _completed[read.Reader] - 1);
    }

    /// <summary>How much a rule looks at, about.</summary>
    public long Cost { get; }

    /// <summary>When a transaction probably committed.</summary>
    public int CompletedAt(int node) => _completed[node];

    /// <summary>All pairs that wrote a key in common.</summary>
    public IReadOnlyList<(int One, int Other)> Pairs { get; }

    /// <summary>G-cursor (Adya 1999, section 4.2.3): another wrote a key between the version a transaction
    /// read and the one it wrote then.</summary>
    public bool LosesUpdate(BitRelation order) => _history.Reads.Exists(read =>
        _history.WritesAfter(read.Reader, read.Key, read.Place)
        && Overwriters(read, order).Any(other => order.Has(other, read.Reader)));

    /// <summary>G-monotonic (section 4.2.4): a transaction read past what one it had met depends
    /// on.</summary>
    public bool GoesBack(BitRelation order) => _history.Reads.Exists(read =>
    {
        var met = MetBefore(read, order).Distinct().ToList();
        return met.Count > 0 && Overwriters(read, order).Any(
            missed => met.Exists(one => one == missed || order.Has(missed, one)));
    });

    /// <summary>Of two that wrote a key, one must see the other, and with it all it wrote.</summary>
    public bool MissesConflict(BitRelation order) => _history.Reads.Exists(read =>
        Overwriters(read, order).Any(other => _history.ReadsFrom.Has(other, read.Reader)
            || (order.Has(other, read.Reader) && _conflicts.Has(other, read.Reader))));

    /// <summary>G-single (section 4.2.1): one that a transaction depends on overwrote what it read.</summary>
    public bool HasSingle(BitRelation order) => _history.Reads.Exists(read =>
        Overwriters(read, order).Any(other => order.Has(other, read.Reader)));

    /// <summary>G-update (section 4.3.3): the updates are not serializable together with one that only
    /// reads.</summary>
    public bool HasUpdateCycle(BitRelation order)
    {
        var updates = order.Copy();
        foreach (var read in _history.Reads)
            if (_isUpdate[read.Reader])
                foreach (var other in Overwriters(read, order))
                    if (!updates.TryLead(read.Reader, other))
                        return true;
        return _history.Reads.Exists(read => !_isUpdate[read.Reader] && Overwriters(read, order).Any(
            missed => _history.ReadsOf[read.Reader].Exists(other => other.From >= 0
                && (other.From == missed || updates.Has(missed, other.From)))));
    }

    int CompletionOf(int transaction)
    {
        if (_history.Columns.IsUnseen(transaction))
            return int.MaxValue;
        var operation = _history.Columns.History[_history.Columns.Operations[transaction]];
        return operation.Outcome == Outcome.Ok ? operation.CompletedAt : int.MaxValue;
    }

    List<(int, int)> Conflicting()
    {
        var pairs = new List<(int, int)>();
        foreach (var writers in _history.Writers.OfType<List<int>>())
            foreach (var one in writers)
                foreach (var other in writers)
                    if (one < other && !_conflicts.Has(one, other))
                    {
                        _conflicts.Add(one, other);
                        _conflicts.Add(other, one);
                        pairs.Add((one, other));
                    }

        return pairs;
    }

    // Who wrote the key after the version read, as far as that is ordered.
    IEnumerable<int> Overwriters(VersionRead read, BitRelation order)
    {
        foreach (var writer in _history.Writers[read.Key] ?? [])
            if (writer != read.Reader && writer != read.From
                && (read.From < 0 || order.Has(read.From, writer)))
                yield return writer;
    }

    // Whom a transaction had read from, or overwritten, before a read.
    IEnumerable<int> MetBefore(VersionRead read, BitRelation order)
    {
        foreach (var earlier in _history.ReadsOf[read.Reader])
            if (earlier.Place < read.Place && earlier.From >= 0)
                yield return earlier.From;
        var columns = _history.Columns;
        for (var step = columns.FirstSteps[_history.Members[read.Reader]]; step < read.Place; step++)
            if (columns.Kinds[step] == StepKind.Write)
                foreach (var writer in _history.Writers[columns.StepKeys[step]]!)
                    if (order.Has(writer, read.Reader))
                        yield return writer;
    }
}
