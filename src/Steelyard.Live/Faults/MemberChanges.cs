using Steelyard.Live.Engines;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>An operator who changes a cluster, server by server, and asks again and again until it is done:
/// leaders fall, and a change may not be safe yet.</summary>
internal static class MemberChanges
{
    static readonly TimeSpan s_askAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Begins to ask.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="kind">What is changed.</param>
    /// <param name="nodes">Of whom, one after the other.</param>
    /// <param name="effect">Set when it was done.</param>
    /// <returns>What ends it: nobody asks any more.</returns>
    public static Action Begin(
        EngineCluster cluster, MembershipChangeKind kind, IReadOnlyList<EngineNode> nodes, EffectMark effect)
    {
        // Not put away: the last question may still be on its way.
        var over = new CancellationTokenSource();
        var done = Task.Run(() => All(cluster, kind, nodes, effect, over.Token));
        return () =>
        {
            over.Cancel();
            done.GetAwaiter().GetResult();
        };
    }

    static async Task All(
        EngineCluster cluster, MembershipChangeKind kind, IReadOnlyList<EngineNode> nodes, EffectMark effect,
        CancellationToken stop)
    {
        try
        {
            foreach (var node in nodes)
            {
                MembershipOutcome outcome;
                while ((outcome = await cluster.Change(kind, node, stop))
                    is not (MembershipOutcome.Done or MembershipOutcome.Unfit))
                    await Task.Delay(s_askAgain, stop);
                if (outcome == MembershipOutcome.Done)
                    effect.Set();
            }
        }
        catch (OperationCanceledException)
        {
            // It was not done in the time that it was given: then it had no effect, and that is told.
        }
        catch (LiveException failure)
        {
            cluster.Tell($"a change of the cluster was not done: {failure.Message}");
        }
    }
}
