namespace Steelyard.Services.Stores.Replication;

/// <summary>One place of the log: what one commit wrote. Shared by reference between hosts: it never
/// changes.</summary>
/// <param name="Term">The term of the primary that added it.</param>
/// <param name="Writes">By key, in order; null deletes. Empty for the entry a new primary begins
/// with.</param>
internal sealed record LogEntry(long Term, IReadOnlyList<KeyValuePair<string, string?>> Writes)
{
    /// <summary>Bytes it takes on the wire.</summary>
    public int SizeBytes { get; } =
        12 + Writes.Sum(write => 8 + write.Key.Length + (write.Value?.Length ?? 0));
}

/// <summary>All data after the entry with a number, and that entry's term.</summary>
internal sealed record LogState(long Number, long Term, IReadOnlyList<KeyValuePair<string, string>> Data)
{
    /// <summary>Before everything.</summary>
    public static LogState Empty { get; } = new(0, 0, []);

    /// <summary>Bytes it takes on the wire.</summary>
    public int SizeBytes { get; } = 16 + Data.Sum(pair => 8 + pair.Key.Length + pair.Value.Length);
}

/// <summary>The log in memory: the data as of some number, and the entries after it. Numbers start at
/// 1.</summary>
internal sealed class LogEntries
{
    readonly List<LogEntry> _entries = [];

    /// <summary>What the entries follow.</summary>
    public LogState Base { get; private set; } = LogState.Empty;

    /// <summary>The number of the last entry.</summary>
    public long Last => Base.Number + _entries.Count;

    /// <summary>Its term.</summary>
    public long LastTerm => TermAt(Last);

    /// <summary>The entry with a number above the base's.</summary>
    public LogEntry this[long number] => _entries[(int)(number - Base.Number - 1)];

    /// <summary>The term of the entry with a number, the base's included.</summary>
    public long TermAt(long number) => number == Base.Number ? Base.Term : this[number].Term;

    /// <summary>Whether it holds an entry of that term at that number, or held it before its base.</summary>
    public bool Holds(long number, long term) =>
        number <= Last && (number < Base.Number || TermAt(number) == term);

    /// <summary>Adds an entry.</summary>
    public void Add(LogEntry entry) => _entries.Add(entry);

    /// <summary>Drops an entry and all after it.</summary>
    public void CutFrom(long number)
    {
        var kept = (int)(number - Base.Number - 1);
        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    /// <summary>At most so many entries from a number on.</summary>
    public LogEntry[] Slice(long from, int most)
    {
        var start = (int)(from - Base.Number - 1);
        var count = Math.Min(most, _entries.Count - start);
        return count <= 0 ? [] : [.. _entries.GetRange(start, count)];
    }

    /// <summary>Data take the place of the entries they hold. What comes after stays if it belongs to the
    /// same history: it may have been acknowledged (Ongaro 2014, section 5.1).</summary>
    public void Compact(LogState state)
    {
        if (state.Number >= Base.Number && Holds(state.Number, state.Term))
            _entries.RemoveRange(0, (int)(state.Number - Base.Number));
        else
            _entries.Clear();
        Base = state;
    }

    /// <summary>The first number of the entries in a row that have one term and end at a number.</summary>
    public long StartOfTermAt(long number)
    {
        var term = TermAt(number);
        while (number > Base.Number + 1 && TermAt(number - 1) == term)
            number--;
        return number;
    }
}
