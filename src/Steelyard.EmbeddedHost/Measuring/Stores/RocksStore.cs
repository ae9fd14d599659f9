using System.Globalization;
using RocksDbSharp;

namespace Steelyard.EmbeddedHost.Measuring.Stores;

/// <summary>RocksDB, a log-structured merge tree with levels: what is written goes to a log and to memory,
/// from there in order to files, and from level to level as they are merged. Uncompressed.</summary>
internal sealed class RocksStore : IRecordStore
{
    const int BloomBits = 10;
    const int FilesInFirstLevel = 4;

    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    static readonly string[] s_atWork =
        ["rocksdb.mem-table-flush-pending", "rocksdb.num-running-flushes", "rocksdb.compaction-pending",
            "rocksdb.num-running-compactions"];

    readonly DbOptions _options = new();
    readonly RocksDb _store;
    readonly WriteOptions _synced = new WriteOptions().SetSync(true);

    /// <summary>Opens one that keeps so many bytes in memory before it writes them in order, and as many of
    /// what it read.</summary>
    public RocksStore(string folder, int memory)
    {
        var bytes = (ulong)memory;
        _options
            .SetCreateIfMissing(true).SetCompression(Compression.No).SetWriteBufferSize(bytes)
            .SetTargetFileSizeBase(bytes).SetMaxBytesForLevelBase(FilesInFirstLevel * bytes)
            .SetLevel0FileNumCompactionTrigger(FilesInFirstLevel)
            .SetBlockBasedTableFactory(new BlockBasedTableOptions()
                .SetBlockCache(Cache.CreateLru(bytes))
                .SetFilterPolicy(BloomFilterPolicy.Create(BloomBits, false)));
        _options.EnableStatistics();
        _store = RocksDb.Open(_options, folder);
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<(byte[] Key, byte[] Value)> batch)
    {
        using var writes = new WriteBatch();
        foreach (var (key, value) in batch)
            writes.Put(key, value);
        _store.Write(writes, _synced);
    }

    /// <inheritdoc/>
    public void Settle()
    {
        _store.Flush(new FlushOptions().SetWaitForFlush(true));
        while (s_atWork.Any(property => _store.GetProperty(property) != "0"))
            Thread.Sleep(s_look);
    }

    /// <inheritdoc/>
    public int Read(byte[] key) => _store.Get(key)?.Length ?? -1;

    /// <inheritdoc/>
    public long Scan(byte[] from, int count)
    {
        using var records = _store.NewIterator();
        var bytes = 0L;
        for (records.Seek(from); count > 0 && records.Valid(); records.Next(), count--)
            bytes += records.GetKeySpan().Length + records.GetValueSpan().Length;
        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> OwnCounts() =>
        new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["log"] = Ticker("rocksdb.wal.bytes"),
            ["flush"] = Ticker("rocksdb.flush.write.bytes"),
            ["compaction"] = Ticker("rocksdb.compact.write.bytes"),
        };

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    // A line each: "rocksdb.wal.bytes COUNT : 4711".
    long Ticker(string name)
    {
        var line = _options.GetStatisticsString().Split('\n').First(
            line => line.StartsWith(name + " COUNT", StringComparison.Ordinal));
        return long.Parse(line.Split(':')[^1], CultureInfo.InvariantCulture);
    }
}
