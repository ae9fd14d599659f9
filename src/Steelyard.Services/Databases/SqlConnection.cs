using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>
/// A connection of SQLite, and the statements it has prepared: sessions that follow one another share it, as
/// in a pool. To open one, and to read the schema and a statement, takes longer than most statements run.
/// </summary>
internal sealed class SqlConnection : IDisposable
{
    // Texts with values written into them are all different: what is kept of them must end somewhere.
    const int MostTexts = 200;

    // A rollback journal or a table for sorting needs no file: nobody misses them after a crash. Pages are
    // small, since a commit writes whole ones.
    static readonly string s_settings =
        $"PRAGMA page_size={PageStore.PageBytes}; PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY";

    static readonly string[] s_lasting = ["PRAGMA", "ATTACH", "DETACH", "TEMP"];

    readonly sqlite3 _handle;
    readonly Dictionary<string, List<SqlStatement>> _prepared = new(StringComparer.Ordinal);
    sqlite3_stmt? _forget;
    long? _forgotAt;
    bool _isSet;

    /// <summary>Opens one.</summary>
    /// <param name="file">An address as in sqlite.org/uri.html.</param>
    public SqlConnection(string file)
    {
        // Without SQLite's own lock: one worker runs everything.
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_URI
            | raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(file, out _handle, Flags, null);
        if (result != raw.SQLITE_OK)
            throw new InvalidOperationException($"SQLite did not open {file}: result {result}");
    }

    /// <summary>SQLite's own.</summary>
    public sqlite3 Handle => _handle;

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Whether the next session cannot tell that there was one before: no text it ran could have
    /// left settings or temporary tables.</summary>
    public bool IsAsFound { get; private set; } = true;

    /// <summary>The statements of a text, in order, each prepared when it is reached: it may need what the
    /// one before made.</summary>
    public IEnumerable<SqlStatement> Statements(string text)
    {
        // While another one writes, nothing can be set; nor can anything else be done then.
        _isSet = _isSet || raw.sqlite3_exec(_handle, s_settings) == raw.SQLITE_OK;
        if (_prepared.TryGetValue(text, out var known))
            return known;
        if (s_lasting.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)))
            IsAsFound = false;
        return Prepare(text);
    }

    /// <summary>Forgets the pages it has read, unless it did so a moment ago: what rots on the disk meanwhile
    /// is to be seen.</summary>
    public void ForgetPages(TimeProvider clock, TimeSpan kept)
    {
        if (_forgotAt is { } last && clock.GetElapsedTime(last) < kept)
            return;
        _forgotAt = clock.GetTimestamp();
        if (_forget is null)
            raw.sqlite3_prepare_v2(_handle, "PRAGMA shrink_memory", out _forget);
        raw.sqlite3_step(_forget);
        raw.sqlite3_reset(_forget);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _prepared.Values.SelectMany(statements => statements))
            statement.Dispose();
        _forget?.Dispose();
        _handle.Dispose();
    }

    IEnumerable<SqlStatement> Prepare(string text)
    {
        var prepared = new List<SqlStatement>();
        var isKept = false;
        try
        {
            for (var rest = text; rest.Length > 0;)
            {
                var result = raw.sqlite3_prepare_v2(_handle, rest, out var statement, out rest);
                // A comment, or nothing, after the last one.
                if (result == raw.SQLITE_OK && statement.IsInvalid)
                    continue;
                prepared.Add(new(statement, result));
                yield return prepared[^1];
            }

            isKept = _prepared.Count < MostTexts && _prepared.TryAdd(text, prepared);
        }
        finally
        {
            if (!isKept)
                prepared.ForEach(statement => statement.Dispose());
        }
    }
}

/// <summary>A statement that SQLite has read.</summary>
/// <param name="Handle">SQLite's own; invalid where it could not be read.</param>
/// <param name="Result">SQLite's result code of the reading.</param>
internal sealed record SqlStatement(sqlite3_stmt Handle, int Result) : IDisposable
{
    /// <summary>Makes it ready to run again.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(Handle);
        raw.sqlite3_clear_bindings(Handle);
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
