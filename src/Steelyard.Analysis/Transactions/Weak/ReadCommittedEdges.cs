using System.Runtime.CompilerServices;

namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// Read committed (Biswas and Enea 2019, section 2.2): what a transaction has read from it must go on to see.
/// If it read from T2, and then x from T1, and T2 wrote x too, T2 committed before T1.
/// </summary>
/// <remarks>
/// Few edges are enough (Møldrup and Pavlogiannis 2025): from each T2 when it is first read from, to whom the
/// next read of each of its keys is from; and from one read of a key to the next. Going through the keys of
/// the reader or of T2, whichever are fewer, takes O(n^(3/2)) steps for n operations.
/// </remarks>
internal sealed class ReadCommittedEdges(WeakView view)
{
    readonly WriteSets _writes = new(view);
    readonly KeyMarks _next = new(view.KeyCount);
    readonly int[] _firstRead = new int[view.Count + 1];
    readonly CommitEdges _edges = new();
    readonly List<int> _keys = [];

    public CommitEdges All()
    {
        for (var reader = 0; reader < view.Count; reader++)
        {
            var (start, end) = (view.FirstRead[reader], view.FirstRead[reader + 1]);
            if (end - start > 1)
                AddReader(start, end);
        }

        return _edges;
    }

    // Backwards, so that the next read of each key is known.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void AddReader(int start, int end)
    {
        _next.Clear();
        _keys.Clear();
        for (var read = end - 1; read >= start; read--)
            _firstRead[view.ReadFrom[read]] = read;
        for (var read = end - 1; read >= start; read--)
        {
            var (key, seen) = (view.ReadKeys[read], view.ReadFrom[read]);
            if (_firstRead[seen] == read && seen != view.Initial)
                AddSeen(seen);
            if (_next.TryGet(key, out var later))
                Add(seen, later);
            else
                _keys.Add(key);
            _next.Set(key, read);
        }
    }

    void AddSeen(int seen)
    {
        var writes = view.Writes(seen);
        if (writes.Length <= _keys.Count)
        {
            foreach (var key in writes)
                if (_next.TryGet(key, out var later))
                    Add(seen, later);
            return;
        }

        foreach (var key in _keys)
            if (_writes.Has(seen, key) && _next.TryGet(key, out var later))
                Add(seen, later);
    }

    void Add(int seen, int later)
    {
        var read = view.ReadFrom[later];
        if (seen != read && seen != view.Initial)
            _edges.Add(seen, read, later);
    }
}
