using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Guarantees;

/// <summary>
/// The guarantees of sessions of transactions over lists: the order of each list tells what is older. A read
/// saw the version of the last element; appends that nobody read came after all that were.
/// </summary>
internal sealed class ListGuarantees
{
    // Steps looked at: each process that reads goes through the steps of those it read from.
    const long MostSteps = 400_000_000;

    readonly TransactionColumns _columns;
    readonly ListOrders _orders;
    readonly Dictionary<int, int> _numbers = [];
    readonly List<List<int>> _sessions = [];

    // Of each version the session that wrote it and the place of the step there.
    readonly (int Session, int Place)[] _written;

    public ListGuarantees(TransactionColumns columns, ListOrders orders)
    {
        (_columns, _orders) = (columns, orders);
        _written = new (int, int)[columns.VersionCount];
        Array.Fill(_written, (-1, -1));
        for (var transaction = 0; transaction < columns.Count; transaction++)
            if (columns.Counts(transaction))
                Add(transaction);
    }

    /// <summary>A breach of a word, or null.</summary>
    public (GuaranteeBreach? Breach, string? Open) Judge(string word)
    {
        if ((long)_sessions.Count * _columns.Kinds.Count > MostSteps
            && word is not ("read-your-writes" or "monotonic-reads"))
            return (null, $"{word} of {_sessions.Count:N0} processes would take too many steps");
        var breach = word switch
        {
            "read-your-writes" => Enumerable.Range(0, _sessions.Count).Select(ReadYourWrites),
            "monotonic-reads" => _sessions.Select(MonotonicReads),
            "monotonic-writes" => _sessions.Select(OrderOfWrites)
                .Concat(_sessions.Select(session => Following(session, StepKind.Write))),
            "writes-follow-reads" => _sessions.Select(session => Following(session, StepKind.Read)),
            _ => Enumerable.Range(0, _sessions.Count).Select(View),
        };
        return (breach.FirstOrDefault(found => found is not null), null);
    }

    void Add(int transaction)
    {
        var process = _columns.Processes[transaction];
        if (!_numbers.TryGetValue(process, out var session))
        {
            _numbers.Add(process, session = _sessions.Count);
            _sessions.Add([]);
        }

        for (var step = _columns.FirstSteps[transaction]; step < _columns.StepsEnd(transaction); step++)
        {
            if (_columns.Kinds[step] == StepKind.UnknownRead)
                continue;
            if (_columns.Kinds[step] == StepKind.Write)
                _written[_columns.StepVersions[step]] = (session, _sessions[session].Count);
            _sessions[session].Add(step);
        }
    }

    bool IsWrite(int step) => _columns.Kinds[step] == StepKind.Write;

    // The place of the version that a step wrote or read; -1 is the empty list.
    int Position(int step)
    {
        var version = IsWrite(step) ? _columns.StepVersions[step] : _columns.LastRead(step);
        if (version < 0)
            return -1;
        var position = _orders.Position(version);
        return position < 0 ? _orders.Order(_columns.StepKeys[step]).Length : position;
    }

    GuaranteeBreach? ReadYourWrites(int session)
    {
        var own = new Dictionary<int, int>();
        for (var place = 0; place < _sessions[session].Count; place++)
        {
            var step = _sessions[session][place];
            var key = _columns.StepKeys[step];
            if (IsWrite(step))
            {
                if (!own.TryGetValue(key, out var newest) || Position(step) >= Position(newest))
                    own[key] = step;
                continue;
            }

            if (own.TryGetValue(key, out var write) && Position(step) < Position(write))
                return Breach(step, write, "after its process had appended");
            if (_columns.LastRead(step) is >= 0 and var last && _written[last] is var (writer, later)
                && writer == session && later > place)
                return Breach(step, _sessions[session][later], "before its process appended");
        }

        return null;
    }

    GuaranteeBreach? MonotonicReads(List<int> session)
    {
        var newest = new Dictionary<int, int>();
        foreach (var step in session)
        {
            if (IsWrite(step))
                continue;
            if (newest.TryGetValue(_columns.StepKeys[step], out var earlier)
                && Position(step) < Position(earlier))
                return Breach(step, earlier, "after its process had read");
            newest[_columns.StepKeys[step]] = step;
        }

        return null;
    }

    GuaranteeBreach? OrderOfWrites(List<int> session)
    {
        var newest = new Dictionary<int, int>();
        foreach (var step in session)
        {
            if (!IsWrite(step))
                continue;
            if (newest.TryGetValue(_columns.StepKeys[step], out var earlier)
                && Position(step) < Position(earlier))
                return Breach(step, earlier, "after its process had appended, and the list shows it before");
            newest[_columns.StepKeys[step]] = step;
        }

        return null;
    }

    // Whoever read a write must see what its process had written, or read, before that write.
    GuaranteeBreach? Following(List<int> session, StepKind kind)
    {
        var upTo = new Dictionary<int, int>();
        var needed = new Dictionary<int, int>();
        foreach (var step in session)
        {
            if (IsWrite(step))
                continue;
            if (needed.TryGetValue(_columns.StepKeys[step], out var newer)
                && Position(step) < Position(newer))
                return Breach(
                    step, newer, "after its process had read a later write of a process that had "
                        + (kind == StepKind.Write ? "appended" : "read"));
            if (_columns.LastRead(step) is not (>= 0 and var last) || _written[last].Session < 0)
                continue;
            var (writer, place) = _written[last];
            for (var at = upTo.GetValueOrDefault(writer); at < place; at++)
                if (_columns.Kinds[_sessions[writer][at]] == kind)
                    Need(needed, _sessions[writer][at]);
            upTo[writer] = Math.Max(upTo.GetValueOrDefault(writer), place);
        }

        return null;
    }

    void Need(Dictionary<int, int> needed, int step)
    {
        var key = _columns.StepKeys[step];
        if (!needed.TryGetValue(key, out var other) || Position(step) > Position(other))
            needed[key] = step;
    }

    // An order of all appends and of one process' reads: it is there where no step comes before itself.
    GuaranteeBreach? View(int viewer)
    {
        var edges = new EdgeList(_columns.Kinds.Count + _columns.KeyCount);
        for (var session = 0; session < _sessions.Count; session++)
            AddSession(edges, session, session == viewer);
        for (var key = 0; key < _columns.KeyCount; key++)
            AddOrder(edges, key);
        var components = StrongComponents.Of(DependencyGraph.Of(edges, edges.NodeCount), EdgeKinds.Ww);
        if (!components.AnyCycle)
            return null;
        // A process that reads nothing of the circle is as good a viewer as any.
        var circle = _sessions[viewer].Where(step => components.SizeAround(step) > 1).ToList();
        var reads = circle.Where(step => !IsWrite(step)).ToList();
        var first = reads.Count > 0 ? reads[0] : _sessions.SelectMany(steps => steps)
            .First(step => components.SizeAround(step) > 1);
        var transactions = Enumerable.Range(0, _columns.Kinds.Count)
            .Where(step => components.Together(step, first)).Select(_columns.TransactionOf).Distinct();
        return new(
            [.. transactions.Take(8)],
            $"no one order of the appends that keeps that of each process explains all that process"
                + $" {_columns.Processes[_columns.TransactionOf(_sessions[viewer][0])]} read");
    }

    void AddSession(EdgeList edges, int session, bool isViewer)
    {
        var last = -1;
        foreach (var step in _sessions[session])
        {
            if (!isViewer && !IsWrite(step))
                continue;
            if (last >= 0)
                edges.Add(last, step, EdgeKinds.Ww);
            last = step;
            var order = _orders.Order(_columns.StepKeys[step]);
            var unread = _columns.Kinds.Count + _columns.StepKeys[step];
            if (IsWrite(step))
            {
                if (_orders.Position(_columns.StepVersions[step]) < 0)
                    edges.Add(unread, step, EdgeKinds.Ww);
                continue;
            }

            var position = Position(step);
            if (position >= 0 && StepOf(_columns.LastRead(step)) is >= 0 and var seen)
                edges.Add(seen, step, EdgeKinds.Ww);
            var next = position + 1 < order.Length ? StepOf(order[position + 1]) : unread;
            if (next >= 0)
                edges.Add(step, next, EdgeKinds.Ww);
        }
    }

    void AddOrder(EdgeList edges, int key)
    {
        var last = -1;
        foreach (var version in _orders.Order(key))
        {
            if (StepOf(version) is not (>= 0 and var step))
                continue;
            if (last >= 0)
                edges.Add(last, step, EdgeKinds.Ww);
            last = step;
        }

        if (last >= 0)
            edges.Add(last, _columns.Kinds.Count + key, EdgeKinds.Ww);
    }

    int StepOf(int version) =>
        _written[version] is (>= 0 and var session, var place) ? _sessions[session][place] : -1;

    GuaranteeBreach Breach(int step, int other, string how)
    {
        var (transaction, earlier) = (_columns.TransactionOf(step), _columns.TransactionOf(other));
        return new(
            [earlier, transaction],
            $"{_columns.Name(transaction)} of process {_columns.ProcessName(transaction)}"
                + $" {Told(step)} {how} {Told(other, withVerb: false)} in {_columns.Name(earlier)}");
    }

    string Told(int step, bool withVerb = true)
    {
        var key = _columns.Key(_columns.StepKeys[step]);
        return IsWrite(step)
            ? $"{(withVerb ? "appended " : "")}{_columns.VersionValue(_columns.StepVersions[step])} to {key}"
            : $"{(withVerb ? "read " : "")}{key} = {ListText.Of(_columns, _columns.ListRead(step))}";
    }
}
