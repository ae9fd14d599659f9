using System.Collections.Concurrent;
using System.Data.Common;

namespace Steelyard.Services.Designs.WebTier.Variants;

/// <summary>What a site remembers of each visitor.</summary>
internal interface ISessions
{
    /// <summary>What the session holds; null when it holds nothing.</summary>
    Task<long?> Read(string session, CancellationToken cancellation);

    /// <summary>Puts something into it.</summary>
    Task Write(string session, long value, CancellationToken cancellation);
}

/// <summary>In a database that all hosts share.</summary>
internal sealed class SharedSessions(DbDataSource database) : ISessions
{
    const string Schema = "CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, value INTEGER)";

    /// <inheritdoc/>
    public async Task<long?> Read(string session, CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation).ConfigureAwait(false);
        await using var read = connection.CreateCommand();
        read.CommandText = "SELECT value FROM sessions WHERE id = @id";
        Add(read, "@id", session);
        return (long?)await read.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task Write(string session, long value, CancellationToken cancellation)
    {
        await using var connection = await Open(cancellation).ConfigureAwait(false);
        await using var write = connection.CreateCommand();
        write.CommandText =
            "INSERT INTO sessions VALUES (@id, @value) ON CONFLICT (id) DO UPDATE SET value = @value";
        Add(write, "@id", session);
        Add(write, "@value", value);
        await write.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
    }

    async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        await using var schema = connection.CreateCommand();
        schema.CommandText = Schema;
        await schema.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return connection;
    }

    static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

/// <summary>In the memory of one host.</summary>
internal sealed class SessionsInMemory : ISessions
{
    readonly ConcurrentDictionary<string, long> _values = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<long?> Read(string session, CancellationToken cancellation) =>
        Task.FromResult<long?>(_values.TryGetValue(session, out var value) ? value : null);

    /// <inheritdoc/>
    public Task Write(string session, long value, CancellationToken cancellation)
    {
        _values[session] = value;
        return Task.CompletedTask;
    }
}
