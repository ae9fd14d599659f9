using System.Globalization;
using System.Net.Sockets;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>Changes an ensemble by one server, as <c>reconfig</c> of ZooKeeper's shell does.</summary>
/// <remarks>ZooKeeper Dynamic Reconfiguration, of the documentation of 3.8.</remarks>
/// <param name="cluster">The ensemble.</param>
/// <param name="join">Starts a server with nothing, and waits until it follows.</param>
internal sealed class ZooKeeperMembers(ZooKeeperCluster cluster, Func<EngineNode, Task> join)
{
    /// <summary>Makes the change.</summary>
    public async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        foreach (var asked in cluster.Nodes.Where(other => other != node && other.IsRunning))
        {
            try
            {
                await using var session = cluster.Direct(asked.Index);
                await session.Connect(cancellation);
                return await Change(kind, node, session, cancellation);
            }
            catch (ZooKeeperRefusal refused)
            {
                return refused.Code switch
                {
                    ZooKeeperRefusal.NoQuorumOfNew => MembershipOutcome.Unsafe,
                    ZooKeeperRefusal.ChangesAlready => MembershipOutcome.Busy,
                    _ => MembershipOutcome.NotReady,
                };
            }
            catch (Exception silent) when (silent is IOException or SocketException
                or OperationCanceledException)
            {
                // It cannot say; another one may. What became of the change, the members tell next time.
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return MembershipOutcome.Unsafe;
    }

    async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, ZooKeeperSession session, CancellationToken cancellation)
    {
        var number = ZooKeeperCluster.NumberOf(node).ToString(CultureInfo.InvariantCulture);
        var (members, _) = await session.GetData("/zookeeper/config", cancellation);
        var isMember = members.Contains($"server.{number}=", StringComparison.Ordinal);
        switch (kind, node.IsRunning)
        {
            case (MembershipChangeKind.Remove, true):
                if (isMember)
                    await session.Reconfigure(joining: null, leaving: number, cancellation);
                cluster.Stop(node);
                node.StaysDown = true;
                return MembershipOutcome.Done;
            // Where a change before this one got as far, it runs and belongs to nobody.
            case (MembershipChangeKind.AddVoter, _) when !isMember && (node.IsRunning || node.StaysDown):
                if (!node.IsRunning)
                    await join(node);
                await session.Reconfigure(
                    $"server.{number}={cluster.MemberLineOf(node)};{cluster.ListenOf(node)}", leaving: null,
                    cancellation);
                return MembershipOutcome.Done;
            default:
                return MembershipOutcome.Unfit;
        }
    }
}
