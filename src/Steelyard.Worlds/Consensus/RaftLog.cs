namespace Steelyard.Worlds.Consensus;

/// <summary>The log in memory: a snapshot and the entries after it. Indices start at 1; 0 is before
/// everything.</summary>
internal sealed class RaftLog
{
    readonly List<RaftEntry> _entries = [];

    // The snapshot's configuration, and those of the entries: the last one is in force.
    readonly List<(long Index, ClusterConfiguration Configuration)> _configurations = [];

    public RaftLog(ClusterConfiguration initial)
    {
        Snapshot = RaftSnapshot.Initial(initial);
        _configurations.Add((0, initial));
    }

    public RaftSnapshot Snapshot { get; private set; }

    public long LastIndex => Snapshot.Index + _entries.Count;

    public long LastTerm => _entries.Count == 0 ? Snapshot.Term : _entries[^1].Term;

    /// <summary>The latest configuration, committed or not.</summary>
    public ClusterConfiguration Configuration => _configurations[^1].Configuration;

    /// <summary>Where it stands.</summary>
    public long ConfigurationIndex => _configurations[^1].Index;

    public RaftEntry this[long index] => _entries[(int)(index - Snapshot.Index - 1)];

    /// <summary>The term of the entry at an index the log reaches, the snapshot's last one
    /// included.</summary>
    public long TermAt(long index) => index == Snapshot.Index ? Snapshot.Term : this[index].Term;

    /// <summary>Whether the log holds an entry, or holds it within its snapshot (then it was
    /// committed).</summary>
    public bool Holds(long index, long term) =>
        index <= LastIndex && (index < Snapshot.Index || TermAt(index) == term);

    /// <summary>The configuration that was the latest as of an index, and where it stands.</summary>
    public (long Index, ClusterConfiguration Configuration) ConfigurationAt(long index)
    {
        var i = _configurations.Count - 1;
        while (i > 0 && _configurations[i].Index > index)
            i--;
        return _configurations[i];
    }

    public void Add(RaftEntry entry)
    {
        _entries.Add(entry);
        if (entry.Configuration is { } configuration)
            _configurations.Add((LastIndex, configuration));
    }

    /// <summary>Drops an entry and all after it; a configuration among them was never in force.</summary>
    public void TruncateFrom(long index)
    {
        var keep = (int)(index - Snapshot.Index - 1);
        _entries.RemoveRange(keep, _entries.Count - keep);
        while (_configurations.Count > 1 && _configurations[^1].Index >= index)
            _configurations.RemoveAt(_configurations.Count - 1);
    }

    /// <summary>At most <paramref name="count"/> entries from an index on.</summary>
    public RaftEntry[] Slice(long from, int count)
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
    public void Compact(RaftSnapshot snapshot, bool keepTail = true)
    {
        if (keepTail && snapshot.Index >= Snapshot.Index && Holds(snapshot.Index, snapshot.Term))
        {
            _entries.RemoveRange(0, (int)(snapshot.Index - Snapshot.Index));
            _configurations.RemoveAll(one => one.Index <= snapshot.Index);
        }
        else
        {
            _entries.Clear();
            _configurations.Clear();
        }

        _configurations.Insert(0, (snapshot.ConfigurationIndex, snapshot.Configuration));
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
