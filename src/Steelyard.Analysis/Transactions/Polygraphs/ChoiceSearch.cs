namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>How a search ended.</summary>
internal enum ChoiceSearchEnd
{
    /// <summary>Every pair is ordered, and there is no cycle.</summary>
    Found,

    /// <summary>There is no such order.</summary>
    Contradiction,

    /// <summary>A limit ran out.</summary>
    Exhausted,
}

/// <summary>
/// Chooses an order for every pair of chains so that no cycle arises: conflict-driven clause learning
/// (Marques-Silva and Sakallah 1999) over the theory of acyclic graphs (Bayless et al. 2015, "MonoSAT"). A
/// cycle says that its choices cannot all be made; from that the search learns the first choice that
/// everything hung on, and jumps back to where it mattered.
/// </summary>
/// <remarks>
/// A choice follows the topological order at hand where it can, and so costs nothing; histories that are
/// right are mostly decided without a step back.
/// Deterministic: what is chosen next is what was in conflict last
/// (variable move to front), then in order of key.
/// </remarks>
internal sealed class ChoiceSearch
{
    readonly OrderedGraph _graph;
    readonly Polygraph _polygraph;
    readonly AcyclicOrder _order;
    readonly SearchLimits _limits;
    readonly LearnedClauses _clauses;
    readonly ChoiceQueue _queue;
    readonly bool[] _involved;
    readonly Action<int, int> _assign;

    // By pair: 0 open, 1 as it stands, 2 reversed. A literal is twice the pair, plus one for reversed.
    readonly byte[] _chosen;
    readonly int[] _level;
    readonly int[] _reason;
    readonly bool[] _seen;

    readonly int[] _trail;
    readonly int[] _edgesBefore;
    readonly List<int> _levelStarts = [];
    readonly List<int> _conflict = [];
    readonly List<int> _learned = [];

    // By pair, one more than the clause that decides it without a premise.
    readonly int[] _alone;
    readonly List<int> _undone = [];
    int _trailCount;
    int _done;

    public ChoiceSearch(OrderedGraph graph, Polygraph polygraph, AcyclicOrder order, SearchLimits limits)
    {
        (_graph, _polygraph, _order, _limits) = (graph, polygraph, order, limits);
        var pairs = polygraph.Pairs.Count;
        _clauses = new(pairs);
        _assign = Assign;
        _queue = new(pairs);
        _chosen = new byte[pairs];
        (_level, _reason) = (new int[pairs], new int[pairs]);
        _seen = new bool[pairs];
        _alone = new int[pairs];
        (_trail, _edgesBefore) = (new int[pairs], new int[pairs]);
        _involved = new bool[graph.Whole.NodeCount];
    }

    /// <summary>How many dead ends were met.</summary>
    public int Conflicts { get; private set; }

    /// <summary>True for the nodes on some cycle that was met: a contradiction follows from these.</summary>
    public IReadOnlyList<bool> Involved => _involved;

    /// <summary>The pairs that are hard to order, the hardest first.</summary>
    public IEnumerable<int> Troublesome() => _queue.Troubled();

    /// <summary>Decides all that follows without a choice; false where that is a contradiction.</summary>
    public bool Saturate() => new Saturation(_graph, _polygraph, _order, _limits).Run(Fix, _involved);

    /// <summary>Searches to an end.</summary>
    public ChoiceSearchEnd Run()
    {
        while (true)
        {
            if (!Propagate())
            {
                Conflicts++;
                if (_levelStarts.Count == 0)
                    return ChoiceSearchEnd.Contradiction;
                if (Conflicts > _limits.Conflicts || _order.Steps > _limits.Steps)
                    return ChoiceSearchEnd.Exhausted;
                if (!ToConflictLevel())
                    return ChoiceSearchEnd.Contradiction;
                Learn();
                Back();
                continue;
            }

            var pair = _queue.Next(_chosen);
            if (pair < 0)
                return ChoiceSearchEnd.Found;
            if (_order.Steps > _limits.Steps)
                return ChoiceSearchEnd.Exhausted;
            _levelStarts.Add(_trailCount);
            Assign((2 * pair) + Wish(pair), LearnedClauses.None);
        }
    }

    // What saturation found holds from the start; its edges are there already.
    void Fix(int pair, bool isReversed)
    {
        Assign((2 * pair) + (isReversed ? 1 : 0), LearnedClauses.None);
        _done = _trailCount;
    }

    // The side that the order at hand contradicts in fewer edges.
    int Wish(int pair)
    {
        var costs = Cost(pair, isReversed: false) - Cost(pair, isReversed: true);
        if (costs != 0)
            return costs < 0 ? 0 : 1;
        var (one, other) = (_polygraph.Pairs[pair].One, _polygraph.Pairs[pair].Other);
        return HeadPlace(one) <= HeadPlace(other) ? 0 : 1;
    }

    int HeadPlace(int chain) =>
        _order.Position(_polygraph.Chains[chain].Head * (_graph.IsDoubled ? 2 : 1));

    int Cost(int pair, bool isReversed)
    {
        var cost = 0;
        for (var which = 0; which < _graph.EdgesPerSide; which++)
        {
            var (from, to) = _graph.EdgeOf(_polygraph.Pairs[pair], isReversed, which);
            cost += _order.Position(from) > _order.Position(to) ? 1 : 0;
        }

        return cost;
    }

    void Assign(int literal, int reason)
    {
        var pair = literal >> 1;
        _chosen[pair] = (byte)(1 + (literal & 1));
        _level[pair] = _levelStarts.Count;
        _reason[pair] = reason;
        _edgesBefore[_trailCount] = _order.Count;
        _trail[_trailCount++] = literal;
    }

    bool Propagate()
    {
        while (_done < _trailCount)
        {
            var literal = _trail[_done];
            _edgesBefore[_done++] = _order.Count;
            if (!AddEdges(literal) || !_clauses.Propagate(literal, _chosen, _assign, _conflict))
                return false;
        }

        return true;
    }

    bool AddEdges(int literal)
    {
        for (var which = 0; which < _graph.EdgesPerSide; which++)
        {
            var (from, to) = _graph.EdgeOf(_polygraph.Pairs[literal >> 1], (literal & 1) != 0, which);
            if (_order.TryAdd(from, to, literal))
                continue;
            foreach (var node in _order.CycleNodes)
                _involved[_graph.NodeOf(node)] = true;
            _conflict.Clear();
            _conflict.AddRange(_order.CycleLabels);
            _conflict.Add(literal);
            return false;
        }

        return true;
    }

    // The last level that the conflict rests on; false when it rests on none.
    bool ToConflictLevel()
    {
        var level = 0;
        foreach (var literal in _conflict)
            if (!IsFact(literal >> 1))
                level = Math.Max(level, _level[literal >> 1]);
        if (level == 0)
            return false;
        if (level < _levelStarts.Count)
            Undo(level);
        return true;
    }

    bool IsFact(int pair) => _level[pair] == 0 || _alone[pair] != 0;

    // To the first unique implication point of the last level.
    void Learn()
    {
        _learned.Clear();
        _learned.Add(0);
        var (open, at) = (Meet(_conflict), _trailCount - 1);
        while (true)
        {
            while (!_seen[_trail[at] >> 1])
                at--;
            var literal = _trail[at--];
            _seen[literal >> 1] = false;
            if (--open == 0)
            {
                _learned[0] = literal ^ 1;
                break;
            }

            _conflict.Clear();
            _clauses.Premises(_reason[literal >> 1], literal, _conflict);
            open += Meet(_conflict);
        }

        for (var i = 1; i < _learned.Count; i++)
            _seen[_learned[i] >> 1] = false;
    }

    // Gathers what the conflict rests on; how many of it belong to the last level.
    int Meet(List<int> literals)
    {
        var ofLast = 0;
        foreach (var literal in literals)
        {
            var pair = literal >> 1;
            if (_seen[pair] || IsFact(pair))
                continue;
            _seen[pair] = true;
            _queue.ToFront(pair);
            if (_level[pair] == _levelStarts.Count)
                ofLast++;
            else
                _learned.Add(literal ^ 1);
        }

        return ofLast;
    }

    void Back()
    {
        var level = LevelToKeep();
        var reason = _clauses.Add(_learned);
        if (_learned.Count == 1)
            _alone[_learned[0] >> 1] = reason + 1;
        Undo(level);
        if (_chosen[_learned[0] >> 1] == 0)
            Assign(_learned[0], reason);
    }

    // The highest level of the other literals, which takes the second place. Where there are none, only the
    // last level goes: to choose all the rest again would be the longer work (Nadel and Ryvchin 2018,
    // "Chronological backtracking").
    int LevelToKeep()
    {
        var level = 0;
        for (var i = 1; i < _learned.Count; i++)
            if (_level[_learned[i] >> 1] > level)
            {
                level = _level[_learned[i] >> 1];
                (_learned[1], _learned[i]) = (_learned[i], _learned[1]);
            }

        return _learned.Count == 1 ? _levelStarts.Count - 1 : level;
    }

    void Undo(int level)
    {
        var start = _levelStarts[level];
        _levelStarts.RemoveRange(level, _levelStarts.Count - level);
        _order.KeepFirst(_edgesBefore[start]);
        _undone.Clear();
        while (_trailCount > start)
        {
            var literal = _trail[--_trailCount];
            _chosen[literal >> 1] = 0;
            _queue.Reopen(literal >> 1);
            if (_alone[literal >> 1] != 0)
                _undone.Add(literal);
        }

        _done = _trailCount;
        // What holds without a premise holds on any level.
        foreach (var literal in _undone)
            if (_reason[literal >> 1] == _alone[literal >> 1] - 1)
                Assign(literal, _alone[literal >> 1] - 1);
    }
}
