using Steelyard.Analysis.Models;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>How a search ended.</summary>
internal enum SearchEnd
{
    /// <summary>An explanation was found.</summary>
    Found,

    /// <summary>There is none.</summary>
    None,

    /// <summary>The limit of states ran out first.</summary>
    LimitReached,
}

/// <summary>
/// The search of Wing and Gong (1993, section 3), with Lowe's memory of configurations and his just-in-time
/// order (2017, sections 3 and 5): operations are linearized only when one of them must return. A
/// configuration is the next return, the set of open operations already linearized, and the state.
/// </summary>
/// <remarks>
/// Three reductions, each an exchange of two operations in an explanation that both fit: an open operation
/// that only observes is linearized as soon as the state agrees; of open operations that behave alike only
/// the one returning first is tried; an optional operation that would change nothing is not tried. And of
/// two configurations that differ only in the optional operations used, the one that used more is dropped.
/// </remarks>
internal sealed class ConfigurationSearch
{
    // What states hold, as long lists do, is limited besides their number.
    const long MostStateBytes = 96L << 20;

    // A gigabyte.
    const long MostSavedWords = 1L << 27;
    const int MostCandidates = 1 << 28;

    readonly Problem _problem;
    readonly StateMachine _machine;
    readonly OpenOperations _open;
    readonly VisitedConfigurations _visited;
    readonly Lookahead? _lookahead;
    readonly int _words;
    readonly List<int> _linearized = [];
    readonly List<Frame> _frames = [];
    readonly List<int> _candidates = [];
    readonly SortedSet<int> _statesAtDeepest = [];
    readonly Comparer<int> _byRank;
    readonly int[] _classSeen;
    readonly ulong[] _set;
    ulong[] _savedSets = [];
    int _visit;
    int _return;
    int _state;

    public ConfigurationSearch(Problem problem, bool lookAhead = true)
    {
        _problem = problem;
        _machine = problem.Machine;
        _open = new(problem);
        _words = _open.RequiredWords + _open.OptionalWords;
        _visited = new(_open.RequiredWords, _open.OptionalWords);
        _lookahead = lookAhead && problem.Grows ? new(problem, _open) : null;
        _set = new ulong[_words];
        _byRank = Comparer<int>.Create((a, b) => (RankOf(a), a).CompareTo((RankOf(b), b)));
        _classSeen = new int[problem.Class.Length == 0 ? 1 : problem.Class.Max() + 1];
    }

    /// <summary>Configurations entered.</summary>
    public long States => _visited.Count;

    /// <summary>The explanation found: history indices in order.</summary>
    public int[] Linearization => [.. _linearized.Select(o => _problem.Operations[o])];

    /// <summary>The furthest return that no configuration got past.</summary>
    public int DeepestReturn { get; private set; } = -1;

    /// <summary>The furthest return that the search looked at: up to it there is no explanation.</summary>
    public int FurthestReturn => Math.Max(DeepestReturn, _lookahead?.FurthestReturn ?? -1);

    /// <summary>What the state could be before that return, each once.</summary>
    public IReadOnlyCollection<int> StatesAtDeepest => _statesAtDeepest;

    /// <summary>Searches until an explanation is found, none is left, or the limit is reached.</summary>
    public SearchEnd Run(long stateLimit)
    {
        _return = 0;
        _state = StateMachine.Initial;
        if (Settle())
            return SearchEnd.Found;
        PushFrame();
        while (_frames.Count > 0)
        {
            if (!TakeCandidate())
            {
                PopFrame();
                continue;
            }

            if (Settle())
                return SearchEnd.Found;
            if (!_visited.Add(_return, _lookahead?.Standing(_state, _return) ?? _state, _set))
                continue;
            if (_visited.Count > Math.Min(stateLimit, _visited.Capacity) || !HasRoom)
                return SearchEnd.LimitReached;
            PushFrame();
        }

        return SearchEnd.None;
    }

    // Goes on as far as nothing has to be chosen: observers that agree are linearized, operations that are
    // linearized return. True when every required operation has returned.
    bool Settle()
    {
        while (_return < _problem.Returns.Length)
        {
            foreach (var observer in _open.Observers(_return))
                if (!IsIn(observer) && _machine.Step(_state, _problem.Class[observer]) == _state)
                    Linearize(observer);
            var returning = _problem.Returns[_return];
            if (!IsIn(returning))
                return false;
            var slot = _open.Slot[returning];
            _set[slot >> 6] &= ~(1UL << slot);
            _return++;
        }

        return true;
    }

    // A set for each step on the way is kept besides those visited.
    bool HasRoom =>
        2L * (_frames.Count + 1) * _words <= MostSavedWords && _candidates.Count <= MostCandidates
        && _machine.Bytes <= MostStateBytes;

    void PushFrame()
    {
        if (_return >= DeepestReturn)
            NoteDepth();
        var first = _candidates.Count;
        CollectCandidates();
        var depth = _frames.Count;
        _frames.Add(new(_return, _state, _linearized.Count, first, first));
        if ((depth + 1) * _words > _savedSets.Length)
            Array.Resize(ref _savedSets, Math.Max(64, (depth + 1) * _words * 2));
        _set.CopyTo(_savedSets.AsSpan(depth * _words));
    }

    void NoteDepth()
    {
        if (_return > DeepestReturn)
            _statesAtDeepest.Clear();
        DeepestReturn = _return;
        _statesAtDeepest.Add(_state);
    }

    // Those that return first come first: they are the likeliest to be needed now. Where the history suggests
    // an order, that goes before.
    void CollectCandidates()
    {
        _visit++;
        var first = _candidates.Count;
        foreach (var operation in _open.Mutators(_return))
            if (!IsIn(operation) && FirstOfItsClass(operation))
                _candidates.Add(operation);
        for (var i = 0; i < _open.OptionalBefore[_return]; i++)
        {
            var operation = _problem.Optional[i];
            var twin = _problem.EarlierTwin[operation];
            if (!IsIn(operation) && (twin < 0 || IsIn(twin)) && FirstOfItsClass(operation))
                _candidates.Add(operation);
        }

        var repeated = _problem.Repeated;
        for (var i = 0; i < repeated.Count && repeated[i].InvokedAt < _problem.ReturnedAt[_return]; i++)
            _candidates.Add(~i);
        if (_problem.IsRanked)
            _candidates.Sort(first, _candidates.Count - first, _byRank);
    }

    int RankOf(int candidate) => candidate < 0 ? int.MaxValue : _problem.Rank[candidate];

    bool FirstOfItsClass(int operation)
    {
        ref var seen = ref _classSeen[_problem.Class[operation]];
        var first = seen != _visit;
        seen = _visit;
        return first;
    }

    // Restores the frame's configuration and applies its next candidate that the state allows.
    bool TakeCandidate()
    {
        var frame = _frames[^1];
        var state = StateMachine.Refused;
        var at = frame.NextCandidate;
        for (; at < _candidates.Count && state == StateMachine.Refused; at++)
            state = StepOf(_candidates[at], frame);
        if (state == StateMachine.Refused)
            return false;
        _frames[^1] = frame with { NextCandidate = at };
        _return = frame.Return;
        _savedSets.AsSpan((_frames.Count - 1) * _words, _words).CopyTo(_set);
        _linearized.RemoveRange(frame.Linearized, _linearized.Count - frame.Linearized);
        _state = state;
        Linearize(_candidates[at - 1]);
        return true;
    }

    int StepOf(int operation, Frame frame)
    {
        var next = _machine.Step(frame.State, ClassOf(operation));
        if (next == StateMachine.Refused || (IsOptional(operation) && IsIdle(next, frame)))
            return StateMachine.Refused;
        var set = _savedSets.AsSpan((_frames.Count - 1) * _words, _words);
        var isHopeless = _lookahead?.IsHopeless(frame.Return, next, set, operation) == true;
        return isHopeless ? StateMachine.Refused : next;
    }

    // Candidates below 0 are those that may happen any number of times, complemented.
    int ClassOf(int candidate) =>
        candidate < 0 ? _problem.Repeated[~candidate].Class : _problem.Class[candidate];

    bool IsOptional(int candidate) => candidate < 0 || _problem.ReturnOf[candidate] == int.MaxValue;

    // A step that leaves the state, or leaves one that nobody can observe before it is overwritten.
    bool IsIdle(int next, Frame frame) =>
        next == frame.State || _lookahead?.Standing(next, frame.Return) == Lookahead.Unseen;

    void PopFrame()
    {
        _candidates.RemoveRange(_frames[^1].FirstCandidate, _candidates.Count - _frames[^1].FirstCandidate);
        _frames.RemoveAt(_frames.Count - 1);
    }

    void Linearize(int operation)
    {
        if (operation < 0)
            return;
        var slot = _open.Slot[operation];
        _set[slot >> 6] |= 1UL << slot;
        _linearized.Add(operation);
    }

    bool IsIn(int operation)
    {
        var slot = _open.Slot[operation];
        return (_set[slot >> 6] >> slot & 1) != 0;
    }

    readonly record struct Frame(
        int Return, int State, int Linearized, int FirstCandidate, int NextCandidate);
}
