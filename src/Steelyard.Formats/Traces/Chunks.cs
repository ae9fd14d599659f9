namespace Steelyard.Formats.Traces;

/// <summary>A list that grows without copying what it has: it may come to millions.</summary>
internal sealed class Chunks<T>
    where T : struct
{
    // Small enough for the runtime's short-lived memory.
    const int Bits = 9;

    readonly List<T[]> _chunks = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref readonly T this[int place] => ref _chunks[place >> Bits][place & ((1 << Bits) - 1)];

    /// <summary>Adds all of another list.</summary>
    public void AddAll(Chunks<T> other)
    {
        for (var (place, taken) = (0, 0); place < other.Count; place += taken)
        {
            if (Count >> Bits == _chunks.Count)
                _chunks.Add(new T[1 << Bits]);
            var (to, from) = (Count & ((1 << Bits) - 1), place & ((1 << Bits) - 1));
            taken = Math.Min(Math.Min(1 << Bits, other.Count - (place - from)) - from, (1 << Bits) - to);
            other._chunks[place >> Bits].AsSpan(from, taken).CopyTo(_chunks[Count >> Bits].AsSpan(to));
            Count += taken;
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(in T one)
    {
        if (Count >> Bits == _chunks.Count)
            _chunks.Add(new T[1 << Bits]);
        _chunks[Count >> Bits][Count & ((1 << Bits) - 1)] = one;
        Count++;
    }
}
