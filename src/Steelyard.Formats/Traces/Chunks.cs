namespace Steelyard.Formats.Traces;

/// <summary>A list that grows without copying what it has: it may come to millions.</summary>
internal sealed class Chunks<T>
    where T : struct
{
    const int Bits = 12;

    readonly List<T[]> _chunks = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref readonly T this[int place] => ref _chunks[place >> Bits][place & ((1 << Bits) - 1)];

    /// <summary>Adds one.</summary>
    public void Add(in T one)
    {
        if (Count >> Bits == _chunks.Count)
            _chunks.Add(new T[1 << Bits]);
        _chunks[Count >> Bits][Count & ((1 << Bits) - 1)] = one;
        Count++;
    }
}
