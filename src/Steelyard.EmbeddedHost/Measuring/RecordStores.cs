using Steelyard.EmbeddedHost.Measuring.Stores;

namespace Steelyard.EmbeddedHost.Measuring;

/// <summary>The stores that can be measured: one row each.</summary>
internal static class RecordStores
{
    /// <summary>Opens one, as it was left.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="folder">The folder of its files.</param>
    /// <param name="memory">How many bytes it may keep in memory, where it can be told.</param>
    /// <param name="dataBytes">How many bytes of records it will hold.</param>
    public static IRecordStore Open(string name, string folder, int memory, long dataBytes) => name switch
    {
        "rocksdb" => new RocksStore(folder, memory),
        "lmdb" => new LmdbStore(folder, dataBytes),
        "sqlite" => new SqliteStore(folder, memory),
        "log" => new LogStore(folder),
        _ => throw new ArgumentException($"--store: expected rocksdb, lmdb, sqlite or log, found {name}"),
    };
}
