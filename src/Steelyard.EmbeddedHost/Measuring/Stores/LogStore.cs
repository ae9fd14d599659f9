using System.Buffers.Binary;

namespace Steelyard.EmbeddedHost.Measuring.Stores;

/// <summary>A log that is only ever added to, with all its keys in memory (as Bitcask has them): the least
/// that can be written, and it never gets smaller.</summary>
internal sealed class LogStore : IRecordStore
{
    const int HeadBytes = RecordPlan.KeyBytes + sizeof(int);

    readonly FileStream _file;
    readonly SortedList<ulong, (long At, int Length)> _index = [];
    readonly Dictionary<ulong, (long At, int Length)> _places = [];
    byte[] _buffer = new byte[4096];
    long _added;

    /// <summary>Opens one, and reads where everything is.</summary>
    public LogStore(string folder)
    {
        _file = new(
            Path.Combine(folder, "log"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
        Span<byte> head = stackalloc byte[HeadBytes];
        for (long at = 0; at < _file.Length;)
        {
            RandomAccess.Read(_file.SafeFileHandle, head, at);
            var length = BinaryPrimitives.ReadInt32BigEndian(head[RecordPlan.KeyBytes..]);
            _places[BinaryPrimitives.ReadUInt64BigEndian(head)] = (at + HeadBytes, length);
            at += HeadBytes + length;
        }

        _file.Seek(0, SeekOrigin.End);
        // What was read to find the keys is not to be in memory when somebody asks for a value.
        PageCache.Forget(folder);
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<(byte[] Key, byte[] Value)> batch)
    {
        var (bytes, start, at) = (
            new byte[batch.Sum(record => HeadBytes + record.Value.Length)], _file.Position, 0);
        foreach (var (key, value) in batch)
        {
            key.CopyTo(bytes, at);
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at + RecordPlan.KeyBytes), value.Length);
            value.CopyTo(bytes, at + HeadBytes);
            _places[BinaryPrimitives.ReadUInt64BigEndian(key)] = (start + at + HeadBytes, value.Length);
            at += HeadBytes + value.Length;
        }

        _file.Write(bytes);
        _file.Flush(flushToDisk: true);
        _added += bytes.Length;
        _index.Clear();
    }

    /// <inheritdoc/>
    public void Settle()
    {
    }

    /// <inheritdoc/>
    public int Read(byte[] key) =>
        _places.TryGetValue(BinaryPrimitives.ReadUInt64BigEndian(key), out var place) ? Fetch(place) : -1;

    /// <inheritdoc/>
    public long Scan(byte[] from, int count)
    {
        if (_index.Count != _places.Count)
            foreach (var (key, place) in _places.OrderBy(pair => pair.Key))
                _index[key] = place;
        var (first, bytes) = (FirstAt(BinaryPrimitives.ReadUInt64BigEndian(from)), 0L);
        for (var at = first; at < _index.Count && at < first + count; at++)
            bytes += RecordPlan.KeyBytes + Fetch(_index.Values[at]);
        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> OwnCounts() =>
        new Dictionary<string, long>(StringComparer.Ordinal) { ["log"] = _added };

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    int Fetch((long At, int Length) place)
    {
        if (_buffer.Length < place.Length)
            _buffer = new byte[place.Length];
        return RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(0, place.Length), place.At);
    }

    int FirstAt(ulong key)
    {
        var (low, high) = (0, _index.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_index.Keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
