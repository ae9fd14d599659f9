namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>How many stretches cover each cell, while stretches are taken away: a segment tree that keeps for
/// each node the least count below it, without what is added at the nodes above.</summary>
internal sealed class CoverCounts
{
    // A cell that has been reported is far from zero for good.
    const int Gone = 1 << 29;

    readonly int _size;
    readonly int[] _least;
    readonly int[] _added;

    public CoverCounts(ReadOnlySpan<int> counts)
    {
        _size = Math.Max(2, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)counts.Length));
        _least = new int[_size * 2];
        _added = new int[_size];
        Array.Fill(_least, Gone);
        counts.CopyTo(_least.AsSpan(_size));
        for (var i = _size - 1; i > 0; i--)
            _least[i] = Math.Min(_least[2 * i], _least[(2 * i) + 1]);
    }

    /// <summary>Takes one stretch away.</summary>
    public void Remove(int from, int to)
    {
        for (var (low, high) = (from + _size, to + _size); low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0)
                Lower(low++);
            if ((high & 1) != 0)
                Lower(--high);
        }

        Renew((from + _size) >> 1);
        Renew((to - 1 + _size) >> 1);
    }

    /// <summary>The first cell that nothing covers and that was not told before, or -1.</summary>
    public int TakeUncovered()
    {
        if (_least[1] != 0)
            return -1;
        var node = 1;
        for (var wanted = 0; node < _size;)
        {
            wanted -= _added[node];
            node = _least[2 * node] == wanted ? 2 * node : (2 * node) + 1;
        }

        _least[node] = Gone;
        Renew(node >> 1);
        return node - _size;
    }

    /// <summary>The least count in a range of cells.</summary>
    public int Least(int from, int to) => Least(1, 0, _size, from, to);

    int Least(int node, int low, int high, int from, int to)
    {
        if (from >= high || to <= low)
            return Gone;
        if (from <= low && high <= to)
            return _least[node];
        var middle = (low + high) / 2;
        var (left, right) = (2 * node, (2 * node) + 1);
        return _added[node]
            + Math.Min(Least(left, low, middle, from, to), Least(right, middle, high, from, to));
    }

    void Lower(int node)
    {
        _least[node]--;
        if (node < _size)
            _added[node]--;
    }

    void Renew(int node)
    {
        for (; node > 0; node >>= 1)
            _least[node] = Math.Min(_least[2 * node], _least[(2 * node) + 1]) + _added[node];
    }
}
