using System.Globalization;
using Steelyard.Live.Matrix;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>
/// A commit whose synchronous standby does not answer: nobody sees it while it waits. When its wait is
/// cancelled it is told as done, and seen, though the standby does not have it.
/// </summary>
internal static class SynchronousWait
{
    const string Count = "select count(*) from elements where v = -1";

    static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    /// <summary>Tries it.</summary>
    public static async Task<ScriptFinding> Try(EngineCluster cluster, CancellationToken cancellation)
    {
        var (postgres, standby) = ((SqlCluster)cluster, cluster.Nodes[1]);
        await using var writer = await postgres.Open(cluster.CurrentPrimary, [], cancellation);
        await using var other = await postgres.Open(cluster.CurrentPrimary, ["delete from elements"], cancellation);
        var number = (long)(await writer.Ask(postgres.Dialect.OwnNumber, cancellation))[0][0];
        standby.Pause();
        try
        {
            var commit = writer.Do("insert into elements values (-1)", cancellation);
            await Task.WhenAny(commit, Task.Delay(s_wait, cancellation));
            var (blocks, before) = (!commit.IsCompleted, await Seen(other, cancellation));
            await other.Ask(
                string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({number})"),
                cancellation);
            await commit;
            var after = await Seen(other, cancellation);
            return new(
                blocks && before == 0 && after == 1,
                $"after {s_wait.TotalSeconds:0} s the commit was {(blocks ? "not answered" : "answered")} and"
                + $" {Times(before)}; its wait cancelled, it was told as done and {Times(after)}",
                [
                    "standby n2 is paused",
                    $"T1  insert into elements values (-1)  ->  {(blocks ? "waits" : "done")}",
                    $"T2  {Count}  ->  {before}", "T2  select pg_cancel_backend(T1)", "T1  ->  done",
                    $"T2  {Count}  ->  {after}",
                ]);
        }
        finally
        {
            standby.Resume();
        }
    }

    static async Task<long> Seen(SqlSession session, CancellationToken cancellation) =>
        (long)(await session.Ask(Count, cancellation))[0][0];

    static string Times(long rows) => rows == 0 ? "not seen by others" : "seen by others";
}
