using System.Globalization;
using Steelyard.Live.Matrix;

namespace Steelyard.Live.Engines.Redis;

/// <summary>What is known of Redis, each as a script.</summary>
internal static class RedisScripts
{
    const int Writes = 100;
    const int ServerWaitMs = 3000;
    static readonly TimeSpan s_givesUp = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan s_toReplicate = TimeSpan.FromSeconds(10);

    /// <summary>Whether writes that a primary acknowledged without its replicas are lost when one of these is
    /// promoted.</summary>
    public static async Task<ScriptFinding> WritesAfterTheCut(
        EngineCluster cluster, CancellationToken cancellation)
    {
        using var script = new RedisScript(cluster, cancellation);
        await script.Ask(0, "SET", "k0", "before");
        await script.Ask(0, "WAIT", "2", Text(ServerWaitMs));
        var mend = script.CutPrimaryOff();
        var acknowledged = 0;
        for (var number = 1; number <= Writes; number++)
            acknowledged += await script.Ask(0, "SET", $"k{number}", "after") is "OK" ? 1 : 0;
        script.Kill(0);
        // The kernel still has what the primary had sent, and would bring it once the links are back.
        await script.Promote(1);
        mend();
        var kept = 0L;
        for (var number = 1; number <= Writes; number++)
            kept += (long)(await script.Ask(1, "EXISTS", $"k{number}"))!;
        var first = await script.Ask(1, "GET", "k0");
        return script.Found(
            kept < acknowledged,
            $"{acknowledged - kept} of {acknowledged} acknowledged writes lost; k0, before the cut: {first}");
    }

    /// <summary>Whether WAIT for a replica that has just been started finds none within 3 s.</summary>
    /// <param name="cluster">The servers.</param>
    /// <param name="delay">How many seconds a primary waits for more replicas before it sends a
    /// copy.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ScriptFinding> WaitForFreshReplica(
        EngineCluster cluster, int delay, CancellationToken cancellation)
    {
        using var script = new RedisScript(cluster, cancellation);
        await script.Ask(0, "CONFIG", "SET", "repl-diskless-sync-delay", Text(delay));
        script.Kill(1);
        script.Kill(2);
        script.StartEmpty(1);
        await script.Ask(0, "SET", "k", "v");
        var soon = await script.Ask(0, "WAIT", "1", Text(ServerWaitMs));
        await script.UntilFollowing(1);
        var later = await script.Ask(0, "WAIT", "1", Text(ServerWaitMs));
        return script.Found(
            soon is 0L, $"WAIT says {soon} after at most 3 s, and {later} once the replica follows");
    }

    /// <summary>Whether a write of which WAIT says that no replica has it can be read, and reaches the
    /// replicas later.</summary>
    public static async Task<ScriptFinding> WaitDoesNotUndo(
        EngineCluster cluster, CancellationToken cancellation)
    {
        using var script = new RedisScript(cluster, cancellation);
        var mend = script.CutPrimaryOff();
        await script.Ask(0, "SET", "k", "v");
        var known = await script.Ask(0, "WAIT", "1", "500");
        var read = await script.Ask(0, "GET", "k");
        script.Tell("the links come back");
        mend();
        var reached = await UntilTrue(async () => await script.Ask(1, "GET", "k") is "v", cancellation);
        return script.Found(
            known is 0L && read is "v",
            $"WAIT said {known}, a read at the primary {read}; the replica had it later: {reached}");
    }

    /// <summary>Whether a primary that comes back with nothing empties its replicas.</summary>
    public static async Task<ScriptFinding> EmptyPrimaryEmptiesReplicas(
        EngineCluster cluster, CancellationToken cancellation)
    {
        using var script = new RedisScript(cluster, cancellation);
        for (var number = 1; number <= Writes; number++)
            await script.Ask(0, "SET", $"k{number}", "v");
        await script.Ask(0, "WAIT", "2", Text(ServerWaitMs));
        var before = await script.Ask(1, "DBSIZE");
        script.Kill(0);
        script.StartEmpty(0);
        var emptied = await UntilTrue(async () => await script.Ask(1, "DBSIZE") is 0L, cancellation);
        var after = await script.Ask(1, "DBSIZE");
        return script.Found(
            emptied, $"a replica had {before} keys, and {after} when the primary was back");
    }

    /// <summary>Whether an element that is popped by somebody who has given up is gone.</summary>
    public static async Task<ScriptFinding> PopWithoutAnswer(
        EngineCluster cluster, CancellationToken cancellation)
    {
        using var script = new RedisScript(cluster, cancellation);
        await script.Ask(0, "LPUSH", "pop", "element");
        script.Tell("the server stands still");
        cluster.Nodes[0].Pause();
        string? got = null;
        using (var consumer = await RespConnection.Open(script.Cluster.ServerOf(0, 0), cancellation))
        {
            try
            {
                got = (string?)await consumer.Ask(["RPOP", "pop"], CancellationToken.None).WaitAsync(
                    s_givesUp, cancellation);
            }
            catch (TimeoutException)
            {
                script.Tell("the consumer sent RPOP, waited 200 ms, and gave up");
            }
        }

        cluster.Nodes[0].Resume();
        script.Tell("the server goes on");
        var isGone = await UntilTrue(async () => await script.Ask(0, "LLEN", "pop") is 0L, cancellation);
        var left = await script.Ask(0, "LLEN", "pop");
        return script.Found(
            isGone && got is null,
            $"the consumer got {got ?? "no answer"}, and the list has {left} elements");
    }

    static async Task<bool> UntilTrue(Func<Task<bool>> holds, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_toReplicate);
        while (!time.IsCancellationRequested)
        {
            try
            {
                if (await holds())
                    return true;
            }
            catch (RespErrorException)
            {
                // It is loading: not yet.
            }

            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(100), time.Token));
        }

        return false;
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
