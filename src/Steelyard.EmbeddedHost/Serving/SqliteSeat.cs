using System.Collections.Concurrent;
using SQLitePCL;
using static SQLitePCL.raw;

namespace Steelyard.EmbeddedHost.Serving;

/// <summary>One connection to a file, opened when it is first told something. It tries nothing twice, and
/// waits for a lock only where SQLite itself thinks that this may help: where it asks its busy handler.
/// </summary>
internal sealed class SqliteSeat : IDisposable
{
    static readonly ConcurrentDictionary<long, SqliteSeat> s_seats = new();
    static long s_seated;

    readonly ServedFile _file;
    readonly long _number;
    readonly BusyHandler _busy;
    sqlite3? _connection;

    /// <summary>Makes one for a client.</summary>
    public SqliteSeat(ServedFile file)
    {
        (_file, _number) = (file, Interlocked.Increment(ref s_seated));
        _busy = new(file.Patience);
        s_seats[_number] = this;
    }

    /// <summary>How many rows its statements have changed, all together.</summary>
    public int Changes => _connection is null ? 0 : sqlite3_total_changes(_connection);

    /// <summary>Does a statement.</summary>
    /// <param name="sql">One statement, or what SQLite has no words for: <c>open shared</c> (with the cache
    /// that such connections of this process share), <c>session number</c>, <c>session waits</c> (whether
    /// session <c>@n</c> waits for a lock now).</param>
    /// <param name="given">What its parameters are: numbers (long) and texts.</param>
    /// <returns>Its rows, of numbers and texts.</returns>
    /// <exception cref="SqliteRefusalException">SQLite says no.</exception>
    public List<object?[]> Do(string sql, IReadOnlyList<(string Name, object Value)> given)
    {
        switch (sql)
        {
            case "open shared":
                Open(SQLITE_OPEN_SHAREDCACHE);
                return [];
            case "session number":
                return [[_number]];
            case "session waits":
                var waits = s_seats.TryGetValue((long)given[0].Value, out var seat) && seat._busy.Waits();
                return [[waits ? 1L : 0L]];
            default:
                try
                {
                    return Step(sql, given);
                }
                finally
                {
                    _busy.Answered();
                }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        s_seats.TryRemove(_number, out _);
        _connection?.Dispose();
        _busy.Dispose();
    }

    void Open(int cache)
    {
        var opened = sqlite3_open_v2(
            _file.Path, out _connection,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX | cache, _file.SystemLayer);
        MustBe(opened, SQLITE_OK);
        MustBe(sqlite3_extended_result_codes(_connection, 1), SQLITE_OK);
        _busy.Serve(_connection);
        var found = (string)Step($"pragma journal_mode = {_file.Journal}", [])[0][0]!;
        if (found != _file.Journal)
            throw new SqliteRefusalException(
                SQLITE_ERROR, $"expected a journal of kind {_file.Journal}, found {found}");
        Step($"pragma synchronous = {_file.Synchronous}", []);
    }

    List<object?[]> Step(string sql, IReadOnlyList<(string Name, object Value)> given)
    {
        if (_connection is null)
            Open(SQLITE_OPEN_PRIVATECACHE);
        MustBe(sqlite3_prepare_v2(_connection, sql, out var statement), SQLITE_OK);
        using (statement)
        {
            foreach (var (name, value) in given)
                Bind(statement, sqlite3_bind_parameter_index(statement, "@" + name), value);
            var rows = new List<object?[]>();
            int code;
            while ((code = sqlite3_step(statement)) == SQLITE_ROW)
                rows.Add(Row(statement));
            MustBe(code, SQLITE_DONE);
            return rows;
        }
    }

    static void Bind(sqlite3_stmt statement, int place, object value)
    {
        if (value is long number)
            sqlite3_bind_int64(statement, place, number);
        else
            sqlite3_bind_text(statement, place, (string)value);
    }

    static object?[] Row(sqlite3_stmt statement)
    {
        var row = new object?[sqlite3_column_count(statement)];
        for (var column = 0; column < row.Length; column++)
            row[column] = sqlite3_column_type(statement, column) switch
            {
                SQLITE_INTEGER => sqlite3_column_int64(statement, column),
                SQLITE_NULL => null,
                _ => sqlite3_column_text(statement, column).utf8_to_string(),
            };
        return row;
    }

    void MustBe(int code, int expected)
    {
        if (code != expected)
            throw new SqliteRefusalException(code, sqlite3_errmsg(_connection).utf8_to_string());
    }
}
