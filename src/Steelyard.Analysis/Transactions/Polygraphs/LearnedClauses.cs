namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>Clauses learned, each watched by two of its literals (Moskewicz et al. 2001).</summary>
internal sealed class LearnedClauses
{
    /// <summary>No clause.</summary>
    public const int None = -1;

    readonly GrowingColumn<int> _literals = new();
    readonly GrowingColumn<int> _starts = new();

    // By literal, the first watch; a watch is twice the clause, plus which of its first two literals.
    readonly int[] _firstWatch;
    readonly GrowingColumn<int> _nextWatch = new();

    public LearnedClauses(int pairs)
    {
        _firstWatch = new int[2 * pairs];
        Array.Fill(_firstWatch, None);
        _starts.Add(0);
    }

    /// <summary>Adds a clause; its first two literals are watched.</summary>
    /// <returns>Its number.</returns>
    public int Add(List<int> literals)
    {
        var clause = _starts.Count - 1;
        foreach (var literal in literals)
            _literals.Add(literal);
        _starts.Add(_literals.Count);
        for (var which = 0; which < 2; which++)
        {
            _nextWatch.Add(None);
            if (literals.Count > 1)
                Watch((2 * clause) + which, literals[which]);
        }

        return clause;
    }

    /// <summary>What made a clause assign a literal: its other literals, all false, as the true ones they
    /// deny.</summary>
    public void Premises(int clause, int literal, List<int> premises)
    {
        for (var i = _starts[clause]; i < _starts[clause + 1]; i++)
            if (_literals[i] != literal)
                premises.Add(_literals[i] ^ 1);
    }

    /// <summary>Draws what follows from a literal that became true; false with the conflict when a clause is
    /// broken.</summary>
    public bool Propagate(int literal, byte[] chosen, Action<int, int> assign, List<int> conflict)
    {
        var denied = literal ^ 1;
        var watch = _firstWatch[denied];
        _firstWatch[denied] = None;
        while (watch >= 0)
        {
            var next = _nextWatch[watch];
            if (!Visit(watch, denied, chosen, assign))
            {
                conflict.Clear();
                Premises(watch >> 1, None, conflict);
                for (; next >= 0; next = Keep(next, denied))
                {
                }

                return false;
            }

            watch = next;
        }

        return true;
    }

    int Keep(int watch, int literal)
    {
        var next = _nextWatch[watch];
        Watch(watch, literal);
        return next;
    }

    bool Visit(int watch, int denied, byte[] chosen, Action<int, int> assign)
    {
        var (start, end) = (_starts[watch >> 1], _starts[(watch >> 1) + 1]);
        var (mine, others) = (start + (watch & 1), start + 1 - (watch & 1));
        if (!IsTrue(_literals[others], chosen))
            for (var i = start + 2; i < end; i++)
                if (!IsFalse(_literals[i], chosen))
                {
                    (_literals[mine], _literals[i]) = (_literals[i], _literals[mine]);
                    Watch(watch, _literals[mine]);
                    return true;
                }

        Watch(watch, denied);
        if (IsFalse(_literals[others], chosen))
            return false;
        if (!IsTrue(_literals[others], chosen))
            assign(_literals[others], watch >> 1);
        return true;
    }

    void Watch(int watch, int literal)
    {
        _nextWatch[watch] = _firstWatch[literal];
        _firstWatch[literal] = watch;
    }

    static bool IsTrue(int literal, byte[] chosen) => chosen[literal >> 1] == 1 + (literal & 1);

    static bool IsFalse(int literal, byte[] chosen) => chosen[literal >> 1] == 2 - (literal & 1);
}
