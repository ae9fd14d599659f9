using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions.Definitions;

/// <summary>
/// The models that ask for an order of commits (arbitration), by their definitions, with every order tried.
/// Visibility is the least relation that the axioms of a model ask for: more would only forbid more.
/// </summary>
/// <remarks>
/// Cerone, Bernardi and Gotsman 2015, section 2 and figure 1 (axioms Int, Ext, Session, TransVis, NoConflict,
/// Prefix, TotalVis); Liu et al. 2018, section 2 (update atomic: read atomic and NoConflict); Biswas and Enea
/// 2019, figure 2 (monotonic reads inside a transaction); Adya 1999, chapters 3 and 4 (PL-1, PL-2, PL-CS,
/// PL-2L, PL-2+, PL-3U, PL-3). Of lists, every read must be a beginning of the appends in order of commits.
/// </remarks>
internal sealed class OrderDefinitions
{
    readonly DefinedHistory _history;
    readonly List<(int[] Place, int[] After)> _orders = [];

    // The order at hand: the place of each transaction, and who comes after each.
    int[] _place = [];
    int[] _after = [];

    public OrderDefinitions(DefinedHistory history)
    {
        _history = history;
        Permute([], Enumerable.Range(0, history.Count).ToList());
    }

    /// <summary>Whether the history keeps a model; null where the definition says nothing of it.</summary>
    public bool? Keeps(string model)
    {
        var h = _history;
        var none = new int[h.Count];
        var realTime = Union(h.Sessions, h.RealTime);
        return model switch
        {
            "read-uncommitted" => IsUncommitted(none),
            "strong-session-read-uncommitted" => IsUncommitted(h.Sessions),
            "strong-read-uncommitted" => IsUncommitted(realTime),
            "read-committed" => IsCommitted(none),
            "strong-session-read-committed" => IsCommitted(h.Sessions),
            "strong-read-committed" => IsCommitted(realTime),
            "monotonic-atomic-view" => IsLoose(IsMonotonic),
            "monotonic-view" => IsLoose(IsMonotonicView),
            "cursor-stability" => IsLoose(IsCursorStable),
            "consistent-view" or "forward-consistent-view" => IsInternal && Any(h.Reads, IsConsistentView),
            "update-serializable" => IsInternal && Any(h.Reads, IsUpdateSerializable),
            "read-atomic" => IsInternal && Any(h.Reads, () => Sees(h.Reads)),
            "update-atomic" => IsInternal && Any(h.Reads, () => Sees(Union(h.Reads, Conflicts()))),
            "transactional-causal" => IsInternal && Any(h.Reads, () => Sees(Closed(h.Reads))),
            "causal" or "causal+" => IsInternal
                && Any(Union(h.Reads, h.Sessions), () => Sees(Closed(Union(h.Reads, h.Sessions)))),
            "prefix" => IsInternal && Any(h.Reads, () => Sees(Prefixes(h.Reads))),
            "parallel-snapshot-isolation" =>
                IsInternal && Any(h.Reads, () => Sees(Closed(Union(h.Reads, Conflicts())))),
            "snapshot-isolation" => IsSnapshot(none),
            "strong-session-snapshot-isolation" => IsSnapshot(h.Sessions),
            "strong-snapshot-isolation" => IsSnapshot(realTime),
            "repeatable-read" or "serializable" => IsInternal && Any(h.Reads, () => Sees(_after)),
            "strong-session-serializable" =>
                IsInternal && Any(Union(h.Reads, h.Sessions), () => Sees(_after)),
            "strict-serializable" => IsInternal && Any(Union(h.Reads, realTime), () => Sees(_after)),
            _ => null,
        };
    }

    bool ReadsClean => !_history.ReadsAborted && !_history.ReadsUnfinished;

    bool IsInternal => ReadsClean && !_history.MissesOwn && !_history.ReadsTwice;

    // Of transactions at odds with themselves these levels do not speak.
    bool? IsUncommitted(int[] order) => _history.ReadsAborted || _history.ReadsUnfinished
        || _history.MissesOwn || _history.ReadsTwice ? null : Any(order, FollowsReads);

    bool? IsCommitted(int[] order) => !ReadsClean ? false : _history.MissesOwn ? null
        : Any(Union(_history.Reads, order), () => true);

    bool? IsLoose(Func<bool> holds) => !ReadsClean ? false : _history.MissesOwn ? null
        : Any(_history.Reads, holds);

    bool IsSnapshot(int[] order) => IsInternal && Any(
        Union(_history.Reads, order), () => Sees(Prefixes(Union(Union(_history.Reads, order), Conflicts()))));

    bool Any(int[] within, Func<bool> holds)
    {
        foreach (var (place, after) in _orders)
        {
            (_place, _after) = (place, after);
            if (Contains(after, within) && holds())
                return true;
        }

        return false;
    }

    void Permute(List<int> done, List<int> left)
    {
        if (left.Count == 0 && ListsAgree(done))
            Take(done);
        foreach (var next in left)
            Permute([.. done, next], [.. left.Where(other => other != next)]);
    }

    void Take(List<int> order)
    {
        var (place, after) = (new int[order.Count], new int[order.Count]);
        for (int i = order.Count - 1, later = 0; i >= 0; i--)
        {
            (place[order[i]], after[order[i]]) = (i, later);
            later |= 1 << order[i];
        }

        _orders.Add((place, after));
    }

    bool ListsAgree(List<int> order) => _history.Chosen.SelectMany(one => one.Steps).All(read =>
        read.List is not { } list || order
            .SelectMany(writer => _history.Chosen[writer].Written(read.Key))
            .Take(list.Count).SequenceEqual(list));

    // Ext: of what a transaction sees, it reads the last write of each key.
    bool Sees(int[] visible) => _history.Others.TrueForAll(read =>
        Overwriters(read).All(writer => ((visible[writer] >> read.Reader) & 1) == 0));

    // Whoever else wrote the key after the version read.
    IEnumerable<int> Overwriters(DefinedRead read)
    {
        for (var writer = 0; writer < _history.Count; writer++)
            if (writer != read.Reader && writer != read.From && _history.Writes(writer, read.Key)
                && (read.From < 0 || _place[read.From] < _place[writer]))
                yield return writer;
    }

    // A version is written after the one that its transaction read.
    bool FollowsReads() => _history.Others.TrueForAll(read => read.From < 0
        || !_history.Writes(read.Reader, read.Key) || _place[read.From] < _place[read.Reader]);

    bool IsMonotonic() => _history.Others.TrueForAll(read => _history.Others.TrueForAll(earlier =>
        earlier.Reader != read.Reader || earlier.Place >= read.Place || earlier.From < 0
        || !Overwriters(read).Contains(earlier.From)));

    bool IsMonotonicView()
    {
        var depends = Closed(Union(_history.Reads, Conflicts()));
        foreach (var read in _history.Others)
            foreach (var missed in Overwriters(read))
                foreach (var met in MetBefore(read))
                    if (met == missed || ((depends[missed] >> met) & 1) != 0)
                        return false;
        return true;
    }

    IEnumerable<int> MetBefore(DefinedRead read)
    {
        foreach (var earlier in _history.Others)
            if (earlier.Reader == read.Reader && earlier.Place < read.Place && earlier.From >= 0)
                yield return earlier.From;
        foreach (var step in _history.Chosen[read.Reader].Steps.Take(read.Place).Where(step => step.IsWrite))
            for (var writer = 0; writer < _history.Count; writer++)
                if (_place[writer] < _place[read.Reader]
                    && _history.Writes(writer, _history.KeyNumber(step.Key)))
                    yield return writer;
    }

    // Nobody writes a key between the version a transaction read and the one it then wrote.
    bool IsCursorStable() => _history.Others.TrueForAll(read =>
        !_history.Chosen[read.Reader].Steps.Skip(read.Place)
            .Any(step => step.IsWrite && step.Key == _history.Key(read.Key))
        || Overwriters(read).All(writer => _place[writer] > _place[read.Reader]));

    bool IsConsistentView()
    {
        var depends = Closed(Union(_history.Reads, Conflicts()));
        return _history.Others.TrueForAll(read => Overwriters(read).All(
            writer => ((depends[writer] >> read.Reader) & 1) == 0));
    }

    // The updates are serializable together with each transaction that only reads, one at a time.
    bool IsUpdateSerializable()
    {
        var edges = Union(_history.Reads, Conflicts());
        foreach (var read in _history.Others)
            foreach (var writer in Overwriters(read))
                edges[read.Reader] |= 1 << writer;
        var updates = _history.Writers.Aggregate(0, (all, writers) => all | writers);
        for (var one = 0; one < _history.Count; one++)
        {
            var members = updates | (1 << one);
            var within = Closed([.. edges.Select((to, from) =>
                ((members >> from) & 1) != 0 ? to & members : 0)]);
            if (within.Where((to, from) => ((to >> from) & 1) != 0).Any())
                return false;
        }

        return true;
    }

    // Those that wrote a key that another wrote after them.
    int[] Conflicts()
    {
        var conflicts = new int[_history.Count];
        foreach (var writers in _history.Writers)
            for (var one = 0; one < _history.Count; one++)
                if (((writers >> one) & 1) != 0)
                    conflicts[one] |= _after[one] & writers;
        return conflicts;
    }

    // Who sees a transaction sees all that committed before it.
    int[] Prefixes(int[] visible)
    {
        var prefixes = (int[])visible.Clone();
        for (var one = 0; one < prefixes.Length; one++)
            for (var later = 0; later < prefixes.Length; later++)
                if (((_after[one] >> later) & 1) != 0)
                    prefixes[one] |= visible[later];
        return prefixes;
    }

    static int[] Closed(int[] relation)
    {
        var closed = (int[])relation.Clone();
        for (var middle = 0; middle < closed.Length; middle++)
            for (var one = 0; one < closed.Length; one++)
                if (((closed[one] >> middle) & 1) != 0)
                    closed[one] |= closed[middle];
        return closed;
    }

    static bool Contains(int[] relation, int[] part)
    {
        for (var i = 0; i < part.Length; i++)
            if ((part[i] & ~relation[i]) != 0)
                return false;
        return true;
    }

    static int[] Union(int[] one, int[] other) => [.. one.Zip(other, (a, b) => a | b)];
}
