using System.Data.Common;
using System.Net;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>SQLite as a process of ours passes it on.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    /// <inheritdoc/>
    public override string Clock => "select cast(unixepoch('subsec') * 1000000 as integer)";

    /// <inheritdoc/>
    public override int Port => 7000;

    /// <inheritdoc/>
    public override string WriteRegister =>
        "insert into registers values (@k, @v) on conflict (k) do update set v = excluded.v";

    /// <inheritdoc/>
    public override string AppendToList =>
        "insert into lists values (@k, @v) on conflict (k) do update set v = lists.v || ',' || excluded.v";

    /// <inheritdoc/>
    public override string MakeIds => "create table ids (id integer primary key autoincrement)";

    /// <inheritdoc/>
    public override string OwnNumber => "session number";

    /// <inheritdoc/>
    public override SqlSession Connect(
        IPEndPoint server, TimeSpan patience, EngineAccount? account = null) => new SqliteSession(server);

    /// <inheritdoc/>
    public override IReadOnlyList<string> SessionAt(SqlLevel level) => level.Settings;

    // A commit that cannot have its lock leaves the transaction open: it is taken back after that, or goes
    // with its connection. Any other failure of a commit may have come after the disk had it.
    /// <inheritdoc/>
    public override bool HasRolledBack(DbException answer) =>
        answer is SqliteAnswerException { PrimaryCode: SqliteAnswerException.Busy
            or SqliteAnswerException.Locked };

    /// <inheritdoc/>
    public override string? CodeOf(DbException failure) => (failure as SqliteAnswerException)?.Name;

    /// <inheritdoc/>
    public override async Task<bool> IsWaiting(
        SqlSession observer, long session, CancellationToken cancellation) =>
        (long)(await observer.Ask("session waits", cancellation, ("n", session)))[0][0] == 1;
}
