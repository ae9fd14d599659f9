namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// Sees early that a state which can only grow will never become what a later operation observed: while
/// nothing can overwrite the text of a key, every text read from it must begin with the text it has now.
/// Without this a search tries every order of concurrent appends and learns only at the next read that it was
/// the wrong one.
/// </summary>
internal sealed class Lookahead
{
    /// <summary>Stands for every state that no later operation can observe.</summary>
    public const int Unseen = -1;

    const int None = -1;

    // With more distinct observations than this, going through them for each state costs more than it saves;
    // texts are looked up.
    const int ObservationsLookedThrough = 2_000;

    readonly Problem _problem;
    readonly OpenOperations _open;

    // For each return, the last observer that returns before another operation that overwrites is invoked.
    readonly int[] _lastObserver;

    // For each return, whether an optional operation that overwrites was invoked before it.
    readonly bool[] _mayBeOverwritten;

    // An observer of each class with its last return, and for each state the last return that could observe
    // it.
    readonly (int Class, int LastReturn)[] _observations;
    readonly ObservedTexts? _texts;
    readonly List<int> _lastUse = [];

    public Lookahead(Problem problem, OpenOperations open)
    {
        _problem = problem;
        _open = open;
        _lastObserver = new int[problem.Returns.Length];
        _mayBeOverwritten = new bool[problem.Returns.Length];
        var overwriting = problem.Overwriting();
        FindObservers(overwriting);
        _observations = [.. Observations(problem)];
        if (_observations.Length > 0 && problem.Machine.TextObserved(_observations[0].Class) is not null)
            _texts = new(_observations.Select(
                one => (problem.Machine.TextObserved(one.Class)!, one.LastReturn)));
        var firstOptional = problem.FirstOptionalOverwriting();
        for (var r = 0; r < _mayBeOverwritten.Length; r++)
            _mayBeOverwritten[r] = firstOptional < problem.ReturnedAt[r];
    }

    void FindObservers(int[] overwriting)
    {
        var next = overwriting.Length;
        var observer = None;
        for (var r = _lastObserver.Length - 1; r >= 0; r--)
        {
            for (; next > 0 && overwriting[next - 1] > _problem.ReturnedAt[r]; next--)
                observer = None;
            if (observer == None && _problem.Observes[_problem.Returns[r]])
                observer = _problem.Returns[r];
            _lastObserver[r] = observer;
        }
    }

    /// <summary>The furthest return of an observer that made a state hopeless; -1 when none did.</summary>
    public int FurthestReturn { get; private set; } = None;

    static IEnumerable<(int Class, int LastReturn)> Observations(Problem problem) => problem.Returns
        .Where(o => problem.Observes[o])
        .GroupBy(o => problem.Class[o], (c, all) => (c, all.Max(o => problem.ReturnOf[o])));

    /// <summary>
    /// The number that stands for a state among configurations: states that no later operation can observe
    /// are one, since what is refused never depends on them and all that matters is that they are
    /// overwritten.
    /// </summary>
    public int Standing(int state, int atReturn)
    {
        if (_texts is null && _observations.Length > ObservationsLookedThrough)
            return state;
        while (_lastUse.Count <= state)
            _lastUse.Add(LastUse(_lastUse.Count));
        return _lastUse[state] < atReturn ? Unseen : state;
    }

    int LastUse(int state)
    {
        if (_texts is not null)
            return _texts.LastUse(_problem.Machine.TextOf(state)!);
        var last = None;
        foreach (var (observerClass, lastReturn) in _observations)
            if (lastReturn > last && _problem.Machine.CanGrowInto(state, observerClass))
                last = lastReturn;
        return last;
    }

    /// <summary>True when no explanation can go on from a state.</summary>
    /// <param name="atReturn">The next return.</param>
    /// <param name="state">The state.</param>
    /// <param name="set">The open operations linearized so far.</param>
    /// <param name="taken">The operation linearized just now, not yet in the set.</param>
    public bool IsHopeless(int atReturn, int state, ReadOnlySpan<ulong> set, int taken)
    {
        var observer = _lastObserver[atReturn];
        if (observer == None || _mayBeOverwritten[atReturn] || IsDone(atReturn, set, observer))
            return false;
        foreach (var operation in _open.Mutators(atReturn))
            if (_problem.Overwrites[operation] && operation != taken && !IsIn(set, operation))
                return false;
        if (_problem.Machine.CanGrowInto(state, _problem.Class[observer]))
            return false;
        FurthestReturn = Math.Max(FurthestReturn, _problem.ReturnOf[observer]);
        return true;
    }

    // An operation's bit means it only while it is open.
    bool IsDone(int atReturn, ReadOnlySpan<ulong> set, int operation) =>
        _problem.InvokedAt[operation] < _problem.ReturnedAt[atReturn] && IsIn(set, operation);

    bool IsIn(ReadOnlySpan<ulong> set, int operation)
    {
        var slot = _open.Slot[operation];
        return (set[slot >> 6] >> slot & 1) != 0;
    }
}
