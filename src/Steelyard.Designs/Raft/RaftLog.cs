namespace Steelyard.Designs.Raft;

/// <summary>The log in memory: a snapshot and the entries after it. Indices start at 1; 0 is before
/// everything.</summary>
sealed class RaftLog
{
    readonly List<Entry> _entries = [];

    public Snapshot Snapshot { get; private set; } = Snapshot.Empty;

    public long LastIndex => Snapshot.Index + _entries.Count;

    public long LastTerm => _entries.Count == 0 ? Snapshot.Term : _entries[^1].Term;

    public Entry this[long index] => _entries[(int)(index - Snapshot.Index - 1)];

    /// <summary>The term of the entry at an index the log reaches, the snapshot's last one
    /// included.</summary>
    public long TermAt(long index) => index == Snapshot.Index ? Snapshot.Term : this[index].Term;

    /// <summary>Whether the log holds an entry, or holds it within its snapshot (then it was
    /// committed).</summary>
    public bool Holds(long index, long term) =>
        index <= LastIndex && (index < Snapshot.Index || TermAt(index) == term);

    public void Add(Entry entry) => _entries.Add(entry);

    /// <summary>Drops an entry and all after it.</summary>
    public void TruncateFrom(long index)
    {
        var keep = (int)(index - Snapshot.Index - 1);
        _entries.RemoveRange(keep, _entries.Count - keep);
    }

    /// <summary>At most <paramref name="count"/> entries from an index on.</summary>
    public Entry[] Slice(long from, int count)
    {
        var start = (int)(from - Snapshot.Index - 1);
        var length = Math.Min(count, _entries.Count - start);
        return length <= 0 ? [] : _entries.GetRange(start, length).ToArray();
    }

    /// <summary>
    /// A snapshot takes the place of the entries up to its index. What comes after them stays, if it
    /// belongs to the same history: it may have been acknowledged (thesis section 5.1).
    /// </summary>
    /// <param name="snapshot">The snapshot.</param>
    /// <param name="keepTail">False drops what comes after, too (a planted bug).</param>
    public void Compact(Snapshot snapshot, bool keepTail = true)
    {
        if (keepTail && snapshot.Index >= Snapshot.Index && Holds(snapshot.Index, snapshot.Term))
            _entries.RemoveRange(0, (int)(snapshot.Index - Snapshot.Index));
        else
            _entries.Clear();
        Snapshot = snapshot;
    }

    /// <summary>The first index of the run of entries with one term that ends at an index: where a
    /// disagreement of terms may begin.</summary>
    public long StartOfTermAt(long index)
    {
        var term = TermAt(index);
        while (index > Snapshot.Index + 1 && TermAt(index - 1) == term)
            index--;
        return index;
    }
}
