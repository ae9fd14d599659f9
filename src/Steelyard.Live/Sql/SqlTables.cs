using Steelyard.Live.Workloads;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Sql;

/// <summary>What the workloads keep in a database: a table for each kind of thing.</summary>
internal static class SqlTables
{
    /// <summary>The key of the one counter.</summary>
    public const string Counter = CounterWorkload.Key;

    /// <summary>The key of the one set.</summary>
    public const string Set = "s";

    /// <summary>Makes them.</summary>
    public static IReadOnlyList<string> Statements { get; } =
    [
        "create table registers (k varchar(32) primary key, v bigint not null)",
        "create table lists (k bigint primary key, v text not null)",
        "create table elements (v bigint primary key)",
        "create table counters (k varchar(32) primary key, n bigint not null)",
        $"insert into counters values ('{Counter}', 0)",
        "create table accounts (id bigint primary key, balance bigint not null)",
        .. Enumerable.Range(1, TransferWorkload.UsualAccounts).Select(
            account => FormattableString.Invariant(
                $"insert into accounts values ({account}, {TransferWorkload.OpeningCents})")),
        "create table transfers (id varchar(32) primary key)",
    ];
}
