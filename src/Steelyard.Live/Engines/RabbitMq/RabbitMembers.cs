using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>Changes a cluster by one node, as <c>rabbitmqctl forget_cluster_node</c> and
/// <c>rabbitmq-queues grow</c> and <c>shrink</c> do.</summary>
/// <remarks>RabbitMQ, Clustering Guide; Quorum Queues, "Managing Replicas".</remarks>
/// <param name="cluster">The cluster.</param>
/// <param name="join">Starts a node with nothing, and waits until it belongs to the cluster of another
/// one.</param>
/// <param name="until">Waits until something holds, whoever gives up: what was begun is done.</param>
internal sealed class RabbitMembers(
    RabbitCluster cluster, Func<EngineNode, EngineNode, Task> join, Func<string, Func<bool>, Task> until)
{
    /// <summary>Makes the change.</summary>
    public async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        foreach (var asked in cluster.Nodes.Where(other => other != node && other.IsRunning))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await Change(kind, node, asked, new(cluster, asked));
            }
            catch (LiveException)
            {
                // It cannot say so; another one may. What became of the change, the members tell next time.
            }
        }

        return MembershipOutcome.NotLeader;
    }

    Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, EngineNode asked, RabbitOperator by) =>
        (kind, by.Knows(node)) switch
        {
            (MembershipChangeKind.Remove, true) => Task.Run(() => Remove(node, asked, by)),
            (MembershipChangeKind.AddVoter, false) => Add(node, asked, by),
            // A change before this one got as far, and had no time to give it the queues.
            (MembershipChangeKind.AddVoter, true) when node.IsRunning && !by.HasQueues(node) =>
                Fill(node, by),
            (MembershipChangeKind.Transfer, true) => HandOver(node, by),
            _ => Task.FromResult(MembershipOutcome.Unfit),
        };

    // A queue whose leader is removed has none for seconds: another one leads it first.
    MembershipOutcome Remove(EngineNode node, EngineNode asked, RabbitOperator by)
    {
        if (cluster.MapsForOthers(node))
            return MembershipOutcome.Unsafe;
        if (node.IsRunning)
        {
            if (by.IsCritical(node))
                return MembershipOutcome.Unsafe;
            if (by.HandOver(from: node, to: asked))
                return MembershipOutcome.Busy;
        }

        if (!by.TakeQueues(node))
            return MembershipOutcome.NotReady;
        cluster.Stop(node);
        node.StaysDown = true;
        return by.Forget(node) ? MembershipOutcome.Done : MembershipOutcome.NotReady;
    }

    async Task<MembershipOutcome> Add(EngineNode node, EngineNode asked, RabbitOperator by)
    {
        await join(node, asked);
        return await Fill(node, by);
    }

    async Task<MembershipOutcome> Fill(EngineNode node, RabbitOperator by)
    {
        if (!by.GiveQueues(node))
            return MembershipOutcome.NotReady;
        await until($"{node.Name} to have all queues", () => by.HasQueues(node));
        var toReach = by.Committed();
        await until($"{node.Name} to have all that is in the queues", () => by.HasReached(node, toReach));
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> HandOver(EngineNode node, RabbitOperator by)
    {
        if (!by.HasQueues(node))
            return MembershipOutcome.NotReady;
        if (by.LeadsQueues(node))
            return MembershipOutcome.Unfit;
        await until(
            $"{node.Name} to lead all queues",
            () =>
            {
                foreach (var leader in cluster.Nodes.Where(other => other != node))
                    by.HandOver(from: leader, to: node);
                return by.LeadsQueues(node);
            });
        return MembershipOutcome.Done;
    }
}
