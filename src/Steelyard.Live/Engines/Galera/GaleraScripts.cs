using System.Data.Common;
using System.Globalization;
using Steelyard.Live.Matrix;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Engines.Galera;

/// <summary>What sessions with two servers of a cluster do, step by step.</summary>
internal static class GaleraScripts
{
    // What depends on how fast the second server is takes more of them, where the machine has other things
    // to do.
    const int Looks = 300;
    const int MostLooks = 3_000;
    const string Read = "select v from registers where k = @k";

    /// <summary>Two read a row, on two servers; one writes it, which reaches the other server; then the other
    /// writes it too.</summary>
    public static async Task<ScriptFinding> LostUpdate(EngineCluster engine, CancellationToken cancellation)
    {
        var cluster = (GaleraCluster)engine;
        var key = ("k", (object)"p4");
        await using var one = await cluster.Open(cluster.Nodes[0], cluster.SessionStart(0), cancellation);
        await using var other = await cluster.Open(cluster.Nodes[1], cluster.SessionStart(0), cancellation);
        await one.Do("replace into registers values (@k, 10)", cancellation, key);
        await Shows(other, 10, cancellation, key);
        List<string> steps = [];
        await one.Do("begin", cancellation);
        await other.Do("begin", cancellation);
        steps.Add($"1 on n1: reads {(await one.Ask(Read, cancellation, key))[0][0]}");
        steps.Add($"2 on n2: reads {(await other.Ask(Read, cancellation, key))[0][0]}");
        await other.Do("update registers set v = 12 where k = @k", cancellation, key);
        await other.Do("commit", cancellation);
        steps.Add("2 on n2: writes 12, and commits");
        await using (var observer = await cluster.Open(
            cluster.Nodes[0], cluster.SessionStart(0), cancellation))
            await Shows(observer, 12, cancellation, key);
        var committed = true;
        try
        {
            await one.Do("update registers set v = 11 where k = @k", cancellation, key);
            await one.Do("commit", cancellation);
            steps.Add("1 on n1: writes 11, and commits");
        }
        catch (DbException refused)
        {
            committed = false;
            steps.Add($"1 on n1: is refused: {refused.Message}");
        }

        return new(committed, string.Join("; ", steps), steps);
    }

    /// <summary>One writes on the first server, and reads on the second as soon as that is
    /// acknowledged.</summary>
    /// <param name="syncWait">What <c>wsrep_sync_wait</c> is where it reads.</param>
    public static Func<EngineCluster, CancellationToken, Task<ScriptFinding>> StaleRead(int syncWait) =>
        async (engine, cancellation) =>
        {
            var cluster = (GaleraCluster)engine;
            var key = ("k", (object)"stale");
            await using var writer = await cluster.Open(
                cluster.Nodes[0], cluster.SessionStart(0), cancellation);
            await using var reader = await cluster.Open(
                cluster.Nodes[1], cluster.SessionStart(syncWait), cancellation);
            await writer.Do("replace into registers values (@k, 0)", cancellation, key);
            await Shows(reader, 0, cancellation, key);
            var (stale, number) = (0, 0);
            while (number < Looks || (stale == 0 && number < MostLooks))
            {
                number++;
                await writer.Do(
                    "update registers set v = @v where k = @k", cancellation, key, ("v", (long)number));
                if (NumberOf(await reader.Ask(Read, cancellation, key)) < number)
                    stale++;
            }

            var evidence = string.Create(
                CultureInfo.InvariantCulture,
                $"{stale:N0} of {number:N0} reads on n2 did not show what had been acknowledged on n1");
            return new(stale > 0, evidence, [evidence]);
        };

    static async Task Shows(
        SqlSession session, long value, CancellationToken cancellation, (string, object) key)
    {
        while (NumberOf(await session.Ask(Read, cancellation, key)) != value)
            await Task.Delay(1, cancellation);
    }

    static long NumberOf(IReadOnlyList<object[]> rows) =>
        rows is [[var number]] ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : -1;
}
