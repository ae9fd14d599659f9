namespace Steelyard.Analysis.Sessions;

/// <summary>
/// Reads and writes of plain values as columns of integers: which session (process) did each, and which write
/// every read saw. A successful cas is a read and a write at once. Nodes are numbered by invocation; what
/// nobody can have seen (failed operations, pending reads, pending writes that nobody read) is left out.
/// </summary>
internal sealed class SessionColumns
{
    /// <summary>What stood there before any write, as a version.</summary>
    public const int InitialVersion = -1;

    /// <summary>The version of a node that reads nothing.</summary>
    public const int NoRead = -2;

    /// <param name="operations">History index of each node.</param>
    /// <param name="processes">The session of each node, under any number.</param>
    /// <param name="keys">The key of each node, by number.</param>
    /// <param name="reads">The write that each node read, as a node, or <see cref="InitialVersion"/> or
    /// <see cref="NoRead"/>.</param>
    /// <param name="writes">Which nodes write.</param>
    public SessionColumns(int[] operations, int[] processes, int[] keys, int[] reads, bool[] writes)
    {
        (Operations, Keys, Reads, Writes) = (operations, keys, reads, writes);
        Session = new int[operations.Length];
        Number = new int[operations.Length];
        Place = new int[operations.Length];
        NumberSessions(processes);
        Nodes = Grouped(_ => true, Session, SessionCount, Place, 0);
        WritesOf = Grouped(node => writes[node], Session, Writers, Number, 1);
        Key = new(this);
    }

    /// <summary>How many nodes.</summary>
    public int Count => Operations.Length;

    /// <summary>History index of each node.</summary>
    public int[] Operations { get; }

    /// <summary>Session of each node; those that write come first.</summary>
    public int[] Session { get; }

    /// <summary>The key of each node.</summary>
    public int[] Keys { get; }

    /// <summary>The write that each node read.</summary>
    public int[] Reads { get; }

    /// <summary>Which nodes write.</summary>
    public bool[] Writes { get; }

    /// <summary>Which of its session's writes a node is, from 1; 0 for what does not write.</summary>
    public int[] Number { get; }

    /// <summary>Which of its session's nodes a node is, from 0.</summary>
    public int[] Place { get; }

    public int SessionCount { get; private set; }

    /// <summary>How many sessions write: the length of a clock.</summary>
    public int Writers { get; private set; }

    /// <summary>The nodes of each session, in its order.</summary>
    public int[][] Nodes { get; }

    /// <summary>The writes of each session that writes, in its order.</summary>
    public int[][] WritesOf { get; }

    /// <summary>Who wrote which key.</summary>
    public SessionKeyWriters Key { get; }

    /// <summary>The same without some nodes. What read a write that goes, goes as well: no read is left
    /// without its write, so leaving out never breaks a promise.</summary>
    public SessionColumns Without(Func<int, bool> gone)
    {
        var keep = new bool[Count];
        for (var node = 0; node < Count; node++)
            keep[node] = !gone(node);
        for (var changed = true; changed;)
        {
            changed = false;
            for (var node = 0; node < Count; node++)
                if (keep[node] && Reads[node] >= 0 && !keep[Reads[node]])
                    (keep[node], changed) = (false, true);
        }

        return Only(keep);
    }

    SessionColumns Only(bool[] keep)
    {
        var kept = new List<int>();
        var place = new int[Count];
        for (var node = 0; node < Count; node++)
        {
            place[node] = kept.Count;
            if (keep[node])
                kept.Add(node);
        }

        return new(
            [.. kept.Select(node => Operations[node])],
            [.. kept.Select(node => Session[node])],
            [.. kept.Select(node => Keys[node])],
            [.. kept.Select(node => Reads[node] >= 0 ? place[Reads[node]] : Reads[node])],
            [.. kept.Select(node => Writes[node])]);
    }

    void NumberSessions(int[] processes)
    {
        var numbers = new Dictionary<int, int>();
        for (var node = 0; node < processes.Length; node++)
            if (Writes[node])
                numbers.TryAdd(processes[node], numbers.Count);
        Writers = numbers.Count;
        for (var node = 0; node < processes.Length; node++)
        {
            numbers.TryAdd(processes[node], numbers.Count);
            Session[node] = numbers[processes[node]];
        }

        SessionCount = numbers.Count;
    }

    int[][] Grouped(Func<int, bool> counts, int[] groupOf, int groups, int[] placeOf, int first)
    {
        var sizes = new int[groups];
        for (var node = 0; node < groupOf.Length; node++)
            if (counts(node))
                placeOf[node] = sizes[groupOf[node]]++ + first;
        var grouped = new int[groups][];
        for (var group = 0; group < groups; group++)
            grouped[group] = new int[sizes[group]];
        for (var node = 0; node < groupOf.Length; node++)
            if (counts(node))
                grouped[groupOf[node]][placeOf[node] - first] = node;
        return grouped;
    }
}
