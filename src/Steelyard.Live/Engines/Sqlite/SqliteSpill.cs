using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Sqlite;

/// <summary>
/// A transaction that changes more than its cache holds is in part in the file before it commits. When its
/// process is killed then, another process has to take that back: with a journal it does, without one it
/// cannot.
/// </summary>
internal static class SqliteSpill
{
    const int Rows200 = 200;

    static readonly string[] s_table =
    [
        "create table pages (id integer primary key, v text not null)",
        "with recursive n(i) as (select 1 union all select i + 1 from n where i < 200)"
            + " insert into pages select i, printf('%03000d', 0) from n",
    ];

    static readonly string[] s_change =
    [
        "pragma cache_size = 10", "begin", "update pages set v = printf('%03000d', 1)",
    ];

    /// <summary>A row for each kind of journal.</summary>
    public static IReadOnlyList<MatrixRow> Rows { get; } =
    [
        Of(SqliteSetups.Wal, Expectation.Prevented), Of(SqliteSetups.Rollback, Expectation.Prevented),
        Of(SqliteSetups.Unjournaled, Expectation.Occurs),
    ];

    static ScriptRow Of(string setup, Expectation expected) => new(
        $"three processes, {SqliteSetups.JournalOf(setup)} journal", "what was not committed is read",
        "kill -9 in the midst of a transaction larger than its cache", expected,
        "https://sqlite.org/pragma.html#pragma_journal_mode")
    {
        Setup = setup, LeavesWhole = false,
        Try = (cluster, cancellation) => Try((SqliteCluster)cluster, cancellation),
    };

    static async Task<ScriptFinding> Try(SqliteCluster cluster, CancellationToken cancellation)
    {
        var (writer, reader) = (cluster.Nodes[0], cluster.Nodes[1]);
        var told = new ScriptTranscript();
        await using (await cluster.Open(writer, s_table, cancellation))
            told.Note($"n1  commits {Rows200} rows of 3,000 bytes, all 0");
        await using (await cluster.Open(writer, s_change, cancellation))
        {
            told.Note("n1  sets all of them to 1 with a cache of 10 pages, and does not commit");
            writer.Kill();
            told.Note("n1  is killed");
        }

        await using var after = await cluster.Open(reader, [], cancellation);
        var read = await after.Ask("select count(*) from pages where v like '%1'", cancellation);
        told.Note($"n2  reads {read[0][0]} rows of 1");
        var whole = await after.Ask("pragma integrity_check(1)", cancellation);
        told.Note($"n2  looks at the whole file: {whole[0][0]}");
        return told.Finds(
            (long)read[0][0] > 0, $"{read[0][0]} of {Rows200} uncommitted rows are read; {whole[0][0]}");
    }
}
