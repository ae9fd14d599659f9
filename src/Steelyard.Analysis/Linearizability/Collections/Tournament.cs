namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>The least of some numbers over any range, while they change one by one: a segment tree.</summary>
internal sealed class Tournament
{
    /// <summary>The number of a place that is out.</summary>
    public const int Out = int.MaxValue;

    readonly int _size;
    readonly int[] _least;

    public Tournament(ReadOnlySpan<int> numbers)
    {
        _size = Math.Max(1, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)numbers.Length));
        _least = new int[_size * 2];
        Array.Fill(_least, Out);
        numbers.CopyTo(_least.AsSpan(_size));
        for (var i = _size - 1; i > 0; i--)
            _least[i] = Math.Min(_least[2 * i], _least[(2 * i) + 1]);
    }

    /// <summary>The number at a place.</summary>
    public int this[int place]
    {
        get => _least[_size + place];
        set
        {
            var i = _size + place;
            _least[i] = value;
            for (i >>= 1; i > 0; i >>= 1)
            {
                var least = Math.Min(_least[2 * i], _least[(2 * i) + 1]);
                if (_least[i] == least)
                    return;
                _least[i] = least;
            }
        }
    }

    /// <summary>The place with the least number in a range, or -1 when all of it is out.</summary>
    public int Least(int from, int to)
    {
        var (best, node) = (Out, 0);
        for (var (low, high) = (from + _size, to + _size); low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0 && _least[low++] < best)
                (best, node) = (_least[low - 1], low - 1);
            if ((high & 1) != 0 && _least[--high] < best)
                (best, node) = (_least[high], high);
        }

        if (best == Out)
            return -1;
        while (node < _size)
            node = _least[2 * node] == best ? 2 * node : (2 * node) + 1;
        return node - _size;
    }
}
