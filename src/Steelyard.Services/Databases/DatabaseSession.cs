using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>
/// One client's session: an SQLite connection, in a transaction or not. SQLite's own interface and no
/// provider above it: a provider sleeps where a lock is held, and the one worker must not.
/// </summary>
internal sealed class DatabaseSession : IDisposable
{
    readonly sqlite3 _connection;
    readonly Action<DatabaseSession> _closed;

    public DatabaseSession(sqlite3 connection, Action<DatabaseSession> closed)
    {
        _connection = connection;
        _closed = closed;
    }

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection) == 0;

    /// <summary>Does what was asked.</summary>
    /// <returns>Null when another session holds the lock: ask again when it let go.</returns>
    public DatabaseAnswer? Execute(DatabaseRequest request) => request.Kind switch
    {
        // At once, so that two transactions never wait for each other to let go of a read lock.
        DatabaseRequestKind.Begin => Run("BEGIN IMMEDIATE", []),
        DatabaseRequestKind.Commit => Run("COMMIT", []),
        DatabaseRequestKind.Rollback => IsInTransaction ? Run("ROLLBACK", []) : DatabaseAnswer.Done,
        _ => Run(request.Sql, request.Parameters),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed(this);
        _connection.Dispose();
    }

    // Several statements may stand in one text; the last that selects gives the rows.
    DatabaseAnswer? Run(string sql, IReadOnlyList<KeyValuePair<string, object?>> parameters)
    {
        var answer = DatabaseAnswer.Done;
        for (var rest = sql; rest.Length > 0;)
        {
            var result = raw.sqlite3_prepare_v2(_connection, rest, out var statement, out rest);
            using (statement)
            {
                if (result != raw.SQLITE_OK)
                    return Failure(result);
                if (statement.IsInvalid)
                    continue;
                if (Bind(statement, parameters) is { } missing)
                    return DatabaseAnswer.Failed(raw.SQLITE_MISUSE, $"no value for the parameter {missing}");
                if (Step(statement, answer.Affected) is not { ErrorCode: 0 } done)
                    return Failure(raw.sqlite3_errcode(_connection));
                answer = done;
            }
        }

        return answer;
    }

    DatabaseAnswer? Step(sqlite3_stmt statement, int affectedBefore)
    {
        var columns = Enumerable.Range(0, raw.sqlite3_column_count(statement))
            .Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string())
            .ToList();
        var rows = new List<object?[]>();
        int result;
        while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            rows.Add([.. Enumerable.Range(0, columns.Count).Select(column => Column(statement, column))]);
        if (result != raw.SQLITE_DONE)
            return null;
        var changed = raw.sqlite3_stmt_readonly(statement) == 0 ? raw.sqlite3_changes(_connection) : 0;
        return new(columns, rows, affectedBefore + changed);
    }

    DatabaseAnswer? Failure(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED
        ? null
        : DatabaseAnswer.Failed(
            raw.sqlite3_extended_errcode(_connection),
            raw.sqlite3_errmsg(_connection).utf8_to_string());

    static string? Bind(sqlite3_stmt statement, IReadOnlyList<KeyValuePair<string, object?>> parameters)
    {
        for (var place = 1; place <= raw.sqlite3_bind_parameter_count(statement); place++)
        {
            var name = raw.sqlite3_bind_parameter_name(statement, place).utf8_to_string() ?? "";
            var value = parameters.FirstOrDefault(
                parameter => parameter.Key == name || (name.Length > 0 && parameter.Key == name[1..]));
            if (value.Key is null)
                return name;
            _ = value.Value switch
            {
                null => raw.sqlite3_bind_null(statement, place),
                long number => raw.sqlite3_bind_int64(statement, place, number),
                double number => raw.sqlite3_bind_double(statement, place, number),
                byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
                var text => raw.sqlite3_bind_text(statement, place, (string)text),
            };
        }

        return null;
    }

    static object? Column(sqlite3_stmt statement, int column) =>
        raw.sqlite3_column_type(statement, column) switch
        {
            raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
            raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
            raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, column).utf8_to_string(),
            raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
            _ => null,
        };
}
