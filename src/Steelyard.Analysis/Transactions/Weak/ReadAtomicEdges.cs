using System.Runtime.CompilerServices;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Read atomic (Bailis et al. 2014; Biswas and Enea 2019, section 2.2): what a transaction reads from, and
/// what came before it in its session, it sees whole. If it so sees T2, which wrote x, and reads x from T1,
/// T2 committed before T1.
/// </summary>
/// <remarks>
/// Of the transactions before in the session the last that wrote x is enough, which takes O(n) steps; those
/// read from take O(n^(3/2)), by the keys of either side, whichever are fewer (Møldrup and Pavlogiannis
/// 2025).
/// </remarks>
internal sealed class ReadAtomicEdges(WeakView view)
{
    readonly WriteSets _writes = new(view);
    readonly KeyMarks _reads = new(view.KeyCount);
    readonly int[] _seenBy = new int[view.Count + 1];
    readonly CommitEdges _edges = new();
    readonly List<int> _keys = [];

    public CommitEdges All()
    {
        for (var reader = 0; reader < view.Count; reader++)
            AddReader(reader, view.FirstRead[reader], view.FirstRead[reader + 1]);
        foreach (var session in Sessions())
            AddSession(session);
        return _edges;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddReader(int reader, int start, int end)
    {
        if (end - start < 2)
            return;
        _reads.Clear();
        _keys.Clear();
        for (var read = start; read < end; read++)
            AddRead(read);
        for (var read = start; read < end; read++)
        {
            var seen = view.ReadFrom[read];
            if (seen == view.Initial || _seenBy[seen] == reader + 1)
                continue;
            _seenBy[seen] = reader + 1;
            AddSeen(seen);
        }
    }

    // A key read from two transactions asks that each came before the other.
    void AddRead(int read)
    {
        if (!_reads.TryGet(view.ReadKeys[read], out var other))
        {
            _reads.Set(view.ReadKeys[read], read);
            _keys.Add(view.ReadKeys[read]);
            return;
        }

        Add(view.ReadFrom[read], other);
        Add(view.ReadFrom[other], read);
    }

    void AddSeen(int seen)
    {
        var writes = view.Writes(seen);
        if (writes.Length <= _keys.Count)
        {
            foreach (var key in writes)
                if (_reads.TryGet(key, out var read))
                    Add(seen, read);
            return;
        }

        foreach (var key in _keys)
            if (_writes.Has(seen, key) && _reads.TryGet(key, out var read))
                Add(seen, read);
    }

    List<int>[] Sessions()
    {
        var sessions = new List<int>[view.SessionCount];
        for (var i = 0; i < sessions.Length; i++)
            sessions[i] = [];
        for (var transaction = 0; transaction < view.Count; transaction++)
            sessions[view.Session[transaction]].Add(transaction);
        return sessions;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddSession(List<int> session)
    {
        if (session.Count < 2)
            return;
        _reads.Clear();
        foreach (var transaction in session)
        {
            for (var read = view.FirstRead[transaction]; read < view.FirstRead[transaction + 1]; read++)
                if (_reads.TryGet(view.ReadKeys[read], out var writer))
                    Add(writer, read);
            foreach (var key in view.Writes(transaction))
                _reads.Set(key, transaction);
        }
    }

    void Add(int seen, int read)
    {
        if (seen != view.ReadFrom[read] && seen != view.Initial)
            _edges.Add(seen, view.ReadFrom[read], read);
    }
}
