using Steelyard.Live.Matrix;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Postgres;

/// <summary>
/// Two readers who disagree on the order of two commits. A primary shows a commit when its wait for a
/// synchronous standby ends, a standby in the order of the log: a commit that waits is seen on the
/// asynchronous standby before it is on the primary, which meanwhile shows a later one that does not wait.
/// </summary>
internal static class StandbyLongFork
{
    const long First = -2;
    const long Second = -3;

    static readonly string s_read = FormattableString.Invariant(
        $"select v from elements where v in ({First}, {Second}) order by v desc");

    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);
    static readonly TimeSpan s_replay = TimeSpan.FromSeconds(10);

    static readonly string[] s_repeatable =
        ["set session characteristics as transaction isolation level repeatable read"];

    /// <summary>Tries it.</summary>
    public static async Task<ScriptFinding> Try(EngineCluster cluster, CancellationToken cancellation)
    {
        var (postgres, transcript) = ((SqlCluster)cluster, new ScriptTranscript());
        await using var one = await postgres.Open(cluster.CurrentPrimary, s_repeatable, cancellation);
        await using var two = await postgres.Open(
            cluster.CurrentPrimary, [.. s_repeatable, "set synchronous_commit = local"], cancellation);
        await using var standby = await postgres.Open(cluster.Nodes[2], s_repeatable, cancellation);
        cluster.Nodes[1].Pause();
        transcript.Note("the synchronous standby n2 is paused");
        try
        {
            var commit = Insert(one, First, cancellation);
            transcript.Note($"T1  insert into elements values ({First}) on n1  ->  waits");
            var onStandby = await UntilSeen(standby, cancellation);
            transcript.Note($"R1  {s_read} on n3  ->  {Told(onStandby)}");
            await Insert(two, Second, cancellation);
            transcript.Note(
                $"T2  insert into elements values ({Second}) on n1, synchronous_commit = local  ->  done");
            var onPrimary = await Read(two, cancellation);
            transcript.Note($"R2  {s_read} on n1  ->  {Told(onPrimary)}");
            cluster.Nodes[1].Resume();
            await commit;
            transcript.Note("n2 goes on, T1  ->  done");
            return transcript.Finds(
                onStandby is [First] && onPrimary is [Second],
                $"n3 showed {Told(onStandby)} before T2 began, and then n1 showed {Told(onPrimary)}: of two"
                + " commits each reader saw another one alone");
        }
        finally
        {
            cluster.Nodes[1].Resume();
        }
    }

    static Task Insert(SqlSession session, long value, CancellationToken cancellation) =>
        session.Do(FormattableString.Invariant($"insert into elements values ({value})"), cancellation);

    static async Task<IReadOnlyList<long>> Read(SqlSession session, CancellationToken cancellation) =>
        [.. (await session.Ask(s_read, cancellation)).Select(row => (long)row[0])];

    static async Task<IReadOnlyList<long>> UntilSeen(SqlSession standby, CancellationToken cancellation)
    {
        var end = Environment.TickCount64 + (long)s_replay.TotalMilliseconds;
        var seen = await Read(standby, cancellation);
        while (seen.Count == 0 && Environment.TickCount64 < end)
        {
            await Task.Delay(s_look, cancellation);
            seen = await Read(standby, cancellation);
        }

        return seen;
    }

    static string Told(IReadOnlyList<long> seen) =>
        seen.Count == 0 ? "nothing" : string.Join(" and ", seen);
}
