using SQLitePCL;
using static SQLitePCL.raw;

namespace Steelyard.EmbeddedHost.Measuring.Stores;

/// <summary>SQLite, a B+ tree that is changed in place, and a write-ahead log before it: each page is written
/// to the log when its transaction commits, and to its place when the log is emptied.</summary>
internal sealed class SqliteStore : IRecordStore
{
    readonly sqlite3 _connection;
    readonly sqlite3_stmt _write;
    readonly sqlite3_stmt _read;
    readonly sqlite3_stmt _scan;

    /// <summary>Opens one that keeps so many bytes of pages in memory.</summary>
    public SqliteStore(string folder, int memory)
    {
        Batteries_V2.Init();
        Must(sqlite3_open(Path.Combine(folder, "records.db"), out _connection), SQLITE_OK);
        Do("pragma journal_mode = wal");
        Do("pragma synchronous = full");
        Do(FormattableString.Invariant($"pragma cache_size = -{Math.Max(1, memory / 1024)}"));
        Do("create table if not exists records (k blob primary key, v blob not null) without rowid");
        _write = Prepared(
            "insert into records values (?1, ?2) on conflict (k) do update set v = excluded.v");
        _read = Prepared("select v from records where k = ?1");
        _scan = Prepared("select k, v from records where k >= ?1 order by k limit ?2");
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyList<(byte[] Key, byte[] Value)> batch)
    {
        Do("begin");
        foreach (var (key, value) in batch)
        {
            sqlite3_bind_blob(_write, 1, key);
            sqlite3_bind_blob(_write, 2, value);
            Must(sqlite3_step(_write), SQLITE_DONE);
            Must(sqlite3_reset(_write), SQLITE_OK);
        }

        Do("commit");
    }

    /// <inheritdoc/>
    public void Settle() => Do("pragma wal_checkpoint(truncate)");

    /// <inheritdoc/>
    public int Read(byte[] key)
    {
        sqlite3_bind_blob(_read, 1, key);
        var length = sqlite3_step(_read) == SQLITE_ROW ? sqlite3_column_blob(_read, 0).Length : -1;
        Must(sqlite3_reset(_read), SQLITE_OK);
        return length;
    }

    /// <inheritdoc/>
    public long Scan(byte[] from, int count)
    {
        sqlite3_bind_blob(_scan, 1, from);
        sqlite3_bind_int(_scan, 2, count);
        var bytes = 0L;
        while (sqlite3_step(_scan) == SQLITE_ROW)
            bytes += sqlite3_column_blob(_scan, 0).Length + sqlite3_column_blob(_scan, 1).Length;
        Must(sqlite3_reset(_scan), SQLITE_OK);
        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> OwnCounts()
    {
        Must(
            sqlite3_db_status(_connection, SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 0), SQLITE_OK);
        return new Dictionary<string, long>(StringComparer.Ordinal) { ["pages"] = pages };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (sqlite3_stmt[])[_write, _read, _scan])
            statement.Dispose();
        _connection.Dispose();
    }

    void Do(string sql)
    {
        using var statement = Prepared(sql);
        while (sqlite3_step(statement) is var code && code != SQLITE_DONE)
            Must(code, SQLITE_ROW);
    }

    sqlite3_stmt Prepared(string sql)
    {
        Must(sqlite3_prepare_v2(_connection, sql, out var statement), SQLITE_OK);
        return statement;
    }

    void Must(int code, int expected)
    {
        if (code != expected)
            throw new IOException($"SQLite: {sqlite3_errmsg(_connection).utf8_to_string()} ({code})");
    }
}
