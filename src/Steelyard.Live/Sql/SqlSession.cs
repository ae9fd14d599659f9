using Steelyard.Live.Engines;

namespace Steelyard.Live.Sql;

/// <summary>A connection to a database, which is told one thing after the other.</summary>
internal abstract class SqlSession : IAsyncDisposable
{
    /// <summary>Whether it can still be told something.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Opens one, and tells it some things.</summary>
    public static async Task<SqlSession> Open(
        SqlSession session, IReadOnlyList<string> first, CancellationToken cancellation)
    {
        try
        {
            await session.Connect(cancellation);
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
    public abstract Task<int> Do(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given);

    /// <summary>Asks for rows.</summary>
    public abstract Task<IReadOnlyList<object[]>> Ask(
        string sql, CancellationToken cancellation, params (string Name, object Value)[] given);

    /// <summary>Closes it beside whatever goes on: a server that is silent may keep it waiting.</summary>
    public void Abandon() => _ = Task.Run(() => EngineConnections.Close(this));

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Reaches the server.</summary>
    protected abstract Task Connect(CancellationToken cancellation);
}
