using System.Data.Common;
using System.Net.Sockets;
using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Sql;

/// <summary>
/// A client of a database: each operation is a transaction of its own, tried once. What broke before its
/// commit was sent certainly did not happen; what broke afterwards is unknown, unless the server says that it
/// rolled it back.
/// </summary>
internal sealed class SqlClient(SqlCluster cluster, ClientSeat seat) : IClient, IAsyncDisposable
{
    readonly Dictionary<int, SqlSession> _sessions = [];

    SqlDialect Dialect => cluster.Dialect;

    /// <inheritdoc/>
    public async ValueTask<Completion> Invoke(Invocation invocation)
    {
        using var time = new CancellationTokenSource(seat.Patience);
        var server = invocation.Target is { } target
            ? cluster.Nodes[target.Index]
            : cluster.ServerFor(seat.Home, SqlOperations.OnlyReads(invocation));
        var isCommitting = false;
        try
        {
            var session = await SessionWith(server, time.Token);
            await session.Do(cluster.Level.Begin, time.Token);
            var done = await new SqlOperations(session, Dialect, time.Token).Do(invocation);
            isCommitting = done.Outcome == Outcome.Ok;
            await session.Do(isCommitting ? "commit" : "rollback", time.Token);
            return done;
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException
            or TimeoutException or IOException or SocketException)
        {
            await Leave(server.Index, failure, time.Token);
            var isUnknown = isCommitting
                && !(failure is DbException answer && Dialect.HasRolledBack(answer));
            var words = time.IsCancellationRequested ? "no answer in time" : Dialect.WordsOf(failure);
            return isUnknown ? Completion.Info(words) : Completion.Fail(words);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
            await session.DisposeAsync();
    }

    async Task<SqlSession> SessionWith(EngineNode server, CancellationToken cancellation)
    {
        if (_sessions.TryGetValue(server.Index, out var session) && session.IsOpen)
            return session;
        session?.Abandon();
        _sessions.Remove(server.Index);
        return _sessions[server.Index] =
            await cluster.Open(seat.Home, server, seat.Patience, cancellation);
    }

    // A session whose transaction the server has refused goes on; any other is given up.
    async Task Leave(int server, Exception failure, CancellationToken cancellation)
    {
        if (!_sessions.TryGetValue(server, out var session))
            return;
        try
        {
            if (failure is DbException answer && Dialect.CodeOf(answer) is not null && session.IsOpen)
            {
                await session.Do("rollback", cancellation);
                return;
            }
        }
        catch (Exception again) when (again is DbException or OperationCanceledException
            or TimeoutException or IOException or SocketException)
        {
            // It is given up like one that never answered.
        }

        _sessions.Remove(server);
        session.Abandon();
    }
}
