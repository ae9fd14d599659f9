using System.Runtime.InteropServices;
using LightningDB;

namespace Steelyard.EmbeddedHost.Measuring.Stores;

/// <summary>LMDB, a B+ tree whose pages are never overwritten: each transaction writes the pages that it
/// changed to new places, up to the root. The kernel reads no further than it is asked, as is advised where
/// data is larger than memory.</summary>
internal sealed class LmdbStore : IRecordStore
{
    const long LeastMap = 1L << 30;
    const int MapPerData = 16;

    readonly LightningEnvironment _environment;
    readonly LightningDatabase _records;

    // The one that the package brings wants a newer C library than Debian 12 has, which has one of its own.
    static LmdbStore() => NativeLibrary.SetDllImportResolver(
        typeof(LightningEnvironment).Assembly,
        (name, _, _) => PackagedLibraries.TryLoad(name, out var library)
            || NativeLibrary.TryLoad("liblmdb.so.0", out library)
            ? library
            : throw new IOException("LMDB: expected its library, found none that loads: install liblmdb0"));

    /// <summary>Opens one that will hold so many bytes of records.</summary>
    public LmdbStore(string folder, long dataBytes)
    {
        _environment = new(
            folder, new EnvironmentConfiguration { MapSize = Math.Max(LeastMap, MapPerData * dataBytes) });
        _environment.Open(
            EnvironmentOpenFlags.NoReadAhead, UnixAccessMode.OwnerRead | UnixAccessMode.OwnerWrite);
        using var transaction = _environment.BeginTransaction(TransactionBeginFlags.None);
        _records = transaction.OpenDatabase(
            new DatabaseConfiguration { Flags = DatabaseOpenFlags.Create }, closeOnDispose: false);
        Must(transaction.Commit());
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<(byte[] Key, byte[] Value)> batch)
    {
        using var transaction = _environment.BeginTransaction(TransactionBeginFlags.None);
        foreach (var (key, value) in batch)
            Must(transaction.Put(_records, key, value, PutOptions.None));
        Must(transaction.Commit());
    }

    /// <inheritdoc/>
    public void Settle()
    {
    }

    /// <inheritdoc/>
    public int Read(byte[] key)
    {
        using var transaction = _environment.BeginTransaction(TransactionBeginFlags.ReadOnly);
        var (code, _, value) = transaction.Get(_records, key);
        return code == MDBResultCode.Success ? value.CopyToNewArray().Length : -1;
    }

    /// <inheritdoc/>
    public long Scan(byte[] from, int count)
    {
        using var transaction = _environment.BeginTransaction(TransactionBeginFlags.ReadOnly);
        using var records = transaction.CreateCursor(_records);
        var bytes = 0L;
        if (records.SetRange(from) != MDBResultCode.Success)
            return bytes;
        for (var next = records.GetCurrent(); count > 0 && next.Item1 == MDBResultCode.Success; count--)
        {
            bytes += next.Item2.CopyToNewArray().Length + next.Item3.CopyToNewArray().Length;
            next = records.Next();
        }

        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> OwnCounts()
    {
        var info = _environment.Info;
        return new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["pages"] = info.LastPageNumber + 1, ["transactions"] = info.LastTransactionId,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _records.Dispose();
        _environment.Dispose();
    }

    static void Must(MDBResultCode code)
    {
        if (code != MDBResultCode.Success)
            throw new IOException($"LMDB: expected success, found {code}");
    }
}
