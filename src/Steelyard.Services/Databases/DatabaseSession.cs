using SQLitePCL;

namespace Steelyard.Services.Databases;

/// <summary>
/// One client's session: an SQLite connection, in a transaction or not. SQLite's own interface and no
/// provider above it: a provider sleeps where a lock is held, and the one worker must not.
/// </summary>
internal sealed class DatabaseSession(
    SqlConnection connection, TimeProvider clock, Action<DatabaseSession, SqlConnection> closed) : IDisposable
{
    bool _isClosed;

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => connection.IsInTransaction;

    /// <summary>Does what was asked.</summary>
    /// <returns>Null when another session holds the lock: ask again when it let go.</returns>
    public DatabaseAnswer? Execute(DatabaseRequest request)
    {
        SqliteVfs.Clock = clock;
        var answer = request.Kind switch
        {
            // At once, so that two transactions never wait for each other to let go of a read lock.
            DatabaseRequestKind.Begin => Run("BEGIN IMMEDIATE", []),
            DatabaseRequestKind.Commit => Run("COMMIT", []),
            DatabaseRequestKind.Rollback => RollBack(),
            _ => RunText(request),
        };
        SqliteVfs.ThrowKept();
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        RollBack();
        closed(this, connection);
    }

    // A text that has to wait runs again from its start: what it began itself must not be open then.
    DatabaseAnswer? RunText(DatabaseRequest request)
    {
        var wasInTransaction = IsInTransaction;
        var answer = Run(request.Sql, request.Parameters);
        if (answer is null && !wasInTransaction)
            RollBack();
        return answer;
    }

    DatabaseAnswer? RollBack() => IsInTransaction ? Run("ROLLBACK", []) : DatabaseAnswer.Done;

    // Several statements may stand in one text; the last that selects gives the rows.
    DatabaseAnswer? Run(string sql, IReadOnlyList<KeyValuePair<string, object?>> parameters)
    {
        var answer = DatabaseAnswer.Done;
        foreach (var statement in connection.Statements(sql))
        {
            if (statement.Result != raw.SQLITE_OK)
                return Failure(statement.Result);
            try
            {
                if (Bind(statement.Handle, parameters) is { } missing)
                    return DatabaseAnswer.Failed(
                        raw.SQLITE_MISUSE, $"no value for the parameter {missing}");
                if (Step(statement.Handle, answer.Affected) is not { } done)
                    return Failure(raw.sqlite3_errcode(connection.Handle));
                answer = done;
            }
            finally
            {
                statement.Reset();
            }
        }

        return answer;
    }

    DatabaseAnswer? Step(sqlite3_stmt statement, int affectedBefore)
    {
        var changesBefore = raw.sqlite3_total_changes(connection.Handle);
        var rows = new List<object?[]>();
        int result;
        while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
        {
            var row = new object?[raw.sqlite3_column_count(statement)];
            for (var column = 0; column < row.Length; column++)
                row[column] = Column(statement, column);
            rows.Add(row);
        }

        if (result != raw.SQLITE_DONE)
            return null;
        // Only now: the schema may have changed since the statement was read.
        var columns = new string[raw.sqlite3_column_count(statement)];
        for (var column = 0; column < columns.Length; column++)
            columns[column] = raw.sqlite3_column_name(statement, column).utf8_to_string();
        // What the statement before changed stands there still when this one changes nothing.
        var changed = raw.sqlite3_total_changes(connection.Handle) == changesBefore
            ? 0
            : raw.sqlite3_changes(connection.Handle);
        return new(columns, rows, affectedBefore + changed);
    }

    DatabaseAnswer? Failure(int code) => (code & 0xff) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED
        ? null
        : DatabaseAnswer.Failed(
            raw.sqlite3_extended_errcode(connection.Handle),
            raw.sqlite3_errmsg(connection.Handle).utf8_to_string());

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
