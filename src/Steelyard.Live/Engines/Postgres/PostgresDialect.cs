using System.Data.Common;
using System.Net;
using Npgsql;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>PostgreSQL as Npgsql speaks it.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Clock =>
        "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

    /// <inheritdoc/>
    public override int Port => PostgresServer.Port;

    /// <inheritdoc/>
    public override string WriteRegister =>
        "insert into registers values (@k, @v) on conflict (k) do update set v = excluded.v";

    /// <inheritdoc/>
    public override string AppendToList =>
        "insert into lists values (@k, @v) on conflict (k) do update set v = lists.v || ',' || excluded.v";

    /// <inheritdoc/>
    public override string MakeIds =>
        "create table ids (id bigint generated always as identity primary key)";

    /// <inheritdoc/>
    public override string OwnNumber => "select pg_backend_pid()::bigint";

    /// <inheritdoc/>
    public override string MakeRoom(string room) => $"create schema {room}";

    /// <inheritdoc/>
    public override string UseRoom(string room) => $"set search_path to {room}";

    /// <inheritdoc/>
    public override string DropRoom(string room) => $"drop schema if exists {room} cascade";

    /// <inheritdoc/>
    public override string AskVersion => "select current_setting('server_version')";

    /// <inheritdoc/>
    public override SqlSession Connect(IPEndPoint server, TimeSpan patience, EngineAccount? account = null)
    {
        var told = PostgresServer.At(server, patience);
        if (account is not null)
            (told.Username, told.Password) = (account.User ?? told.Username, account.Password);
        return new DriverSession(new NpgsqlConnection(told.ConnectionString));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> SessionAt(SqlLevel level) =>
        [$"set session characteristics as transaction isolation level {level.Words}", .. level.Settings];

    // Class 40 is "transaction rollback"; of its codes only 40003 says that the end is not known.
    /// <inheritdoc/>
    public override bool HasRolledBack(DbException answer) =>
        answer is PostgresException { SqlState: ['4', '0', ..] and not "40003" };

    /// <inheritdoc/>
    public override string? CodeOf(DbException failure) => (failure as PostgresException)?.SqlState;

    /// <inheritdoc/>
    public override async Task<bool> IsWaiting(
        SqlSession observer, long session, CancellationToken cancellation)
    {
        var rows = await observer.Ask(
            "select cardinality(pg_blocking_pids(@pid::int))::bigint", cancellation, ("pid", session));
        return (long)rows[0][0] > 0;
    }
}
