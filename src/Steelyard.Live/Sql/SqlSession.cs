using System.Data;
using System.Data.Common;
using Steelyard.Live.Engines;

namespace Steelyard.Live.Sql;

/// <summary>A connection to a database, which is told one thing after the other.</summary>
internal sealed class SqlSession : IAsyncDisposable
{
    readonly DbConnection _connection;

    SqlSession(DbConnection connection) => _connection = connection;

    /// <summary>Whether it can still be told something.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>Opens one, and tells it some things.</summary>
    public static async Task<SqlSession> Open(
        DbConnection connection, IReadOnlyList<string> first, CancellationToken cancellation)
    {
        var session = new SqlSession(connection);
        try
        {
            await connection.OpenAsync(cancellation);
            foreach (var sql in first)
                await session.Do(sql, cancellation);
            return session;
        }
        catch
        {
            session.Abandon();
            throw;
        }
    }

    /// <summary>Tells it to do something.</summary>
    /// <returns>How many rows were touched.</returns>
    public async Task<int> Do(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        await using var command = Command(sql, given);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Asks for rows.</summary>
    public async Task<IReadOnlyList<object[]>> Ask(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given)
    {
        await using var command = Command(sql, given);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<object[]>();
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Closes it beside whatever goes on: a server that is silent may keep it waiting.</summary>
    public void Abandon() => _ = Task.Run(() => EngineConnections.Close(this));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    DbCommand Command(string sql, (string Name, object Value)[] given)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in given)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
