namespace Steelyard.Histories;

/// <summary>A growing column in chunks: it is never copied, and at most one chunk of it stands
/// empty.</summary>
internal sealed class Column<T>
{
    const int ChunkBits = 16;
    const int ChunkMask = (1 << ChunkBits) - 1;

    T[][] _chunks = new T[4][];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & ChunkMask];

    public void Add(T item)
    {
        var (chunk, place) = (Count >> ChunkBits, Count & ChunkMask);
        if (place == 0)
            AddChunk(chunk);
        _chunks[chunk][place] = item;
        Count++;
    }

    void AddChunk(int chunk)
    {
        if (chunk == _chunks.Length)
            Array.Resize(ref _chunks, chunk * 2);
        _chunks[chunk] = new T[1 << ChunkBits];
    }
}
