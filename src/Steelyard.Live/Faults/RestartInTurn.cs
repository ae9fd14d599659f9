using Steelyard.Live.Engines;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Restarts nodes one after the other, beside the run.</summary>
internal static class RestartInTurn
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>Begins with it.</summary>
    /// <param name="cluster">Whose nodes they are.</param>
    /// <param name="nodes">Who, in order.</param>
    /// <param name="rest">How long all are left alone between two.</param>
    /// <param name="effect">Set when one was stopped.</param>
    public static FaultCourse Begin(
        EngineCluster cluster, IReadOnlyList<EngineNode> nodes, TimeSpan rest, EffectMark effect)
    {
        // Not put away: whoever stops the course may do so after it is done.
        var over = new CancellationTokenSource();
        var done = Task.Run(() => All(cluster, nodes, rest, effect, over.Token));
        return new(done, () =>
        {
            over.Cancel();
            done.GetAwaiter().GetResult();
        });
    }

    static async Task All(
        EngineCluster cluster, IReadOnlyList<EngineNode> nodes, TimeSpan rest, EffectMark effect,
        CancellationToken stop)
    {
        try
        {
            foreach (var (place, node) in nodes.Index())
            {
                if (place > 0)
                    await Task.Delay(rest, stop);
                stop.ThrowIfCancellationRequested();
                if (cluster.Stop(node))
                    effect.Set();
                cluster.StartAgain(node);
                await UntilBack(cluster, node, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over, or the time that somebody gave it.
        }
        catch (LiveException failure)
        {
            cluster.Tell($"the rolling restart ended early: {failure.Message}");
        }
    }

    // Another fault may take it down while it starts: then it is back when that one is over.
    static async Task UntilBack(EngineCluster cluster, EngineNode node, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await cluster.UntilBack(node, stop);
                return;
            }
            catch (LiveException) when (node.IsHeldDown)
            {
                while (node.IsHeldDown)
                    await Task.Delay(s_look, stop);
            }
        }
    }
}
