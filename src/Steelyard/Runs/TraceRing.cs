namespace Steelyard.Runs;

/// <summary>Keeps records up to a number of bytes; when there are more, the oldest go.</summary>
/// <param name="mostBytes">What the records may take together, as far as who adds them can tell.</param>
/// <param name="forget">Told each record that goes.</param>
internal sealed class TraceRing<T>(long mostBytes, Action<T> forget)
{
    // They come and go by so many at once, each time in an array that is small enough for the heap of small
    // objects.
    const int PerBlock = 512;

    readonly Queue<Block> _blocks = new();
    Block? _last;
    long _bytes;

    /// <summary>Adds a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="bytes">What it takes.</param>
    public void Add(in T record, int bytes)
    {
        if (_last is null || _last.Count == PerBlock)
            _blocks.Enqueue(_last = new());
        _last.Records[_last.Count++] = record;
        _last.Bytes += bytes;
        _bytes += bytes;
        while (_bytes > mostBytes && _blocks.Count > 1)
            Forget(_blocks.Dequeue());
    }

    /// <summary>What is kept, the oldest first.</summary>
    public IEnumerable<T> Kept => _blocks.SelectMany(block => block.Records.Take(block.Count));

    void Forget(Block block)
    {
        _bytes -= block.Bytes;
        foreach (var record in block.Records.AsSpan(0, block.Count))
            forget(record);
    }

    sealed class Block
    {
        public T[] Records { get; } = new T[PerBlock];

        public int Count { get; set; }

        public long Bytes { get; set; }
    }
}
