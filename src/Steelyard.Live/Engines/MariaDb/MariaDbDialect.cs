using System.Data.Common;
using System.Globalization;
using System.Net;
using MySqlConnector;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.MariaDb;

/// <summary>MariaDB as MySqlConnector speaks it.</summary>
internal sealed class MariaDbDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Clock => "select cast(unix_timestamp(sysdate(6)) * 1000000 as signed)";

    /// <inheritdoc/>
    public override int Port => 3306;

    /// <inheritdoc/>
    public override string WriteRegister =>
        "insert into registers values (@k, @v) on duplicate key update v = values(v)";

    /// <inheritdoc/>
    public override string AppendToList =>
        "insert into lists values (@k, @v) on duplicate key update v = concat(v, ',', values(v))";

    /// <inheritdoc/>
    public override string MakeIds => "create table ids (id bigint auto_increment primary key)";

    /// <inheritdoc/>
    public override string NextId => "insert into ids values (null) returning id";

    /// <inheritdoc/>
    public override string OwnNumber => "select cast(connection_id() as signed)";

    /// <inheritdoc/>
    public override string MakeRoom(string room) => $"create database {room}";

    /// <inheritdoc/>
    public override string UseRoom(string room) => $"use {room}";

    /// <inheritdoc/>
    public override string DropRoom(string room) => $"drop database if exists {room}";

    /// <inheritdoc/>
    public override string AskVersion => "select version()";

    /// <inheritdoc/>
    public override SqlSession Connect(IPEndPoint server, TimeSpan patience, EngineAccount? account = null)
    {
        var seconds = (uint)Math.Ceiling(patience.TotalSeconds);
        return new DriverSession(new MySqlConnection(new MySqlConnectionStringBuilder
        {
            Server = $"{server.Address}",
            Port = (uint)server.Port,
            UserID = account?.User ?? MariaDbCluster.User,
            Password = account?.Password,
            Database = account is null ? MariaDbCluster.Database : "",
            Pooling = false,
            AutoEnlist = false,
            ServerRedirectionMode = MySqlServerRedirectionMode.Disabled,
            ConnectionTimeout = seconds,
            DefaultCommandTimeout = seconds,
            // It would open another connection to kill the statement of this one.
            CancellationTimeout = -1,
            SslMode = MySqlSslMode.Disabled,
        }.ConnectionString));
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> SessionAt(SqlLevel level) =>
        [$"set session transaction isolation level {level.Words}", .. level.Settings];

    /// <inheritdoc/>
    public override bool HasRolledBack(DbException answer) =>
        answer is MySqlException { ErrorCode: MySqlErrorCode.LockDeadlock };

    /// <inheritdoc/>
    public override string? CodeOf(DbException failure) =>
        failure is MySqlException { SqlState: not null } answer
            ? answer.Number.ToString(CultureInfo.InvariantCulture)
            : null;

    // What information_schema says of locks may be a tenth of a second old.
    /// <inheritdoc/>
    public override async Task<bool> IsWaiting(
        SqlSession observer, long session, CancellationToken cancellation)
    {
        var rows = await observer.Ask("show engine innodb status", cancellation);
        var name = string.Create(CultureInfo.InvariantCulture, $"MariaDB thread id {session},");
        return ((string)rows[0][2]).Split("---TRANSACTION").Any(
            transaction => transaction.Contains(name, StringComparison.Ordinal)
                && transaction.Contains("LOCK WAIT", StringComparison.Ordinal));
    }
}
