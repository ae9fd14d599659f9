using System.Numerics;
using System.Runtime.CompilerServices;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Causal consistency of transactions (Biswas and Enea 2019, section 2.2): a transaction sees all that led to
/// it by sessions and reads. If that holds T2, which wrote x, and it reads x from T1, T2 committed before T1.
/// </summary>
/// <remarks>
/// Of each session the last such T2 is enough, and a clock with the place reached in each session tells which
/// one it is: O(n k) steps for n operations and k sessions (Møldrup and Pavlogiannis 2025), but for the
/// search in the list of one session's writes to one key. Transactions are gone through in an order that fits
/// sessions and reads, and a clock is given back with the last transaction that needs it, so memory follows
/// the transactions that are still read from.
/// </remarks>
internal sealed class CausalEdges
{
    readonly WeakView _view;
    readonly KeyWriters _writers;
    readonly int[] _needs;
    readonly int[]?[] _clocks;
    readonly int[]?[] _asked;
    readonly Stack<int[]> _spare = new();
    readonly Stack<int[]> _spareAsked = new();
    readonly int[] _transactionAt;
    readonly int[] _firstOfSession;
    readonly CommitEdges _edges = new();
    bool _asksOfInitial;

    public CausalEdges(WeakView view)
    {
        _view = view;
        _writers = new(view);
        _needs = new int[view.Count];
        _clocks = new int[]?[view.Count];
        _asked = new int[]?[view.Count];
        (_firstOfSession, _transactionAt) = Places(view);
        for (var transaction = 0; transaction < view.Count; transaction++)
        {
            if (view.Previous[transaction] >= 0)
                _needs[view.Previous[transaction]]++;
            for (var read = view.FirstRead[transaction]; read < view.FirstRead[transaction + 1]; read++)
                if (view.ReadFrom[read] != view.Initial)
                    _needs[view.ReadFrom[read]]++;
        }
    }

    /// <summary>The edges.</summary>
    /// <param name="order">All transactions, in an order that fits sessions and reads.</param>
    public CommitEdges All(int[] order)
    {
        foreach (var transaction in order)
        {
            var clock = ClockOf(transaction);
            for (var read = _view.FirstRead[transaction]; read < _view.FirstRead[transaction + 1]; read++)
                AddRead(clock, read);
            for (var read = _view.FirstRead[transaction]; read < _view.FirstRead[transaction + 1]; read++)
                if (_view.ReadFrom[read] != _view.Initial)
                    GiveBack(_view.ReadFrom[read], 1);
            if (_view.Previous[transaction] >= 0)
                GiveBack(_view.Previous[transaction], 1);
            _clocks[transaction] = clock;
            GiveBack(transaction, 0);
        }

        return _edges;
    }

    // The place reached in each session by what led to the transaction; -1 for none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    int[] ClockOf(int transaction)
    {
        var clock = _spare.TryPop(out var spare) ? spare : new int[_view.SessionCount];
        var previous = _view.Previous[transaction];
        if (previous >= 0)
        {
            _clocks[previous]!.CopyTo(clock, 0);
            clock[_view.Session[previous]] = _view.Place[previous];
        }
        else
        {
            Array.Fill(clock, -1);
        }

        for (var read = _view.FirstRead[transaction]; read < _view.FirstRead[transaction + 1]; read++)
        {
            var writer = _view.ReadFrom[read];
            if (writer == _view.Initial || clock[_view.Session[writer]] >= _view.Place[writer])
                continue;
            Raise(clock, _clocks[writer]!);
            clock[_view.Session[writer]] = _view.Place[writer];
        }

        return clock;
    }

    static void Raise(int[] clock, int[] other)
    {
        var at = 0;
        for (; at <= clock.Length - Vector<int>.Count; at += Vector<int>.Count)
            Vector.Max(new Vector<int>(clock, at), new Vector<int>(other, at)).CopyTo(clock, at);
        for (; at < clock.Length; at++)
            clock[at] = Math.Max(clock[at], other[at]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddRead(int[] clock, int read)
    {
        var (key, from) = (_view.ReadKeys[read], _view.ReadFrom[read]);
        if (from == _view.Initial)
        {
            AddInitial(clock, key, read);
            return;
        }

        // What led to the transaction read from came before it anyhow.
        var known = _clocks[from]!;
        var (own, sessions) = (_view.Session[from], _writers.Sessions);
        var end = _writers.FirstGroup[key + 1];
        for (var group = _writers.FirstGroup[key]; group < end; group++)
        {
            var session = sessions[group];
            var reached = clock[session];
            if (reached <= known[session])
                continue;
            var place = _writers.LastUpTo(group, reached);
            if (place > known[session] && (session != own || place > _view.Place[from]))
                Ask(from, session, place, read);
        }
    }

    void AddInitial(int[] clock, int key, int read)
    {
        for (var group = _writers.FirstGroup[key]; group < _writers.FirstGroup[key + 1]; group++)
        {
            var session = _writers.Sessions[group];
            var place = _asksOfInitial ? -1 : _writers.LastUpTo(group, clock[session]);
            if (place < 0)
                continue;
            _edges.Add(At(session, place), _view.Initial, read);
            _asksOfInitial = true;
        }
    }

    // All readers of a transaction ask for one edge from each session: the one from the greatest place.
    void Ask(int from, int session, int place, int read)
    {
        var asked = _asked[from];
        if (asked is null)
        {
            _asked[from] = asked = _spareAsked.TryPop(out var spare) ? spare
                : new int[2 * _view.SessionCount];
            Array.Fill(asked, -1);
        }

        if (place > asked[2 * session])
            (asked[2 * session], asked[(2 * session) + 1]) = (place, read);
    }

    void GiveBack(int transaction, int uses)
    {
        _needs[transaction] -= uses;
        if (_needs[transaction] > 0)
            return;
        _spare.Push(_clocks[transaction]!);
        _clocks[transaction] = null;
        if (_asked[transaction] is not { } asked)
            return;
        for (var session = 0; session < _view.SessionCount; session++)
            if (asked[2 * session] >= 0)
                _edges.Add(At(session, asked[2 * session]), transaction, asked[(2 * session) + 1]);
        _spareAsked.Push(asked);
        _asked[transaction] = null;
    }

    int At(int session, int place) => _transactionAt[_firstOfSession[session] + place];

    static (int[] First, int[] Transactions) Places(WeakView view)
    {
        var first = new int[view.SessionCount + 1];
        for (var transaction = 0; transaction < view.Count; transaction++)
            first[view.Session[transaction] + 1]++;
        for (var session = 0; session < view.SessionCount; session++)
            first[session + 1] += first[session];
        var transactions = new int[view.Count];
        for (var transaction = 0; transaction < view.Count; transaction++)
            if (view.Columns.Counts(transaction))
                transactions[first[view.Session[transaction]] + view.Place[transaction]] = transaction;
        return (first, transactions);
    }
}
