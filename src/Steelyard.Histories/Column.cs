namespace Steelyard.Histories;

/// <summary>A growing column in chunks: only the first, which starts small, is ever copied, and at most one
/// chunk of it stands empty.</summary>
internal sealed class Column<T>
{
    const int ChunkBits = 16;
    const int ChunkMask = (1 << ChunkBits) - 1;
    const int Smallest = 64;

    T[][] _chunks = new T[4][];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & ChunkMask];

    public void Add(T item)
    {
        var (chunk, place) = (Count >> ChunkBits, Count & ChunkMask);
        if (place == 0 || (chunk == 0 && place == _chunks[0].Length))
            Grow(chunk);
        _chunks[chunk][place] = item;
        Count++;
    }

    void Grow(int chunk)
    {
        if (chunk == _chunks.Length)
            Array.Resize(ref _chunks, chunk * 2);
        if (chunk == 0)
            Array.Resize(ref _chunks[0], Math.Max(Smallest, Count * 2));
        else
            _chunks[chunk] = new T[1 << ChunkBits];
    }
}
