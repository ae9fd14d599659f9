using System.Net.Sockets;
using System.Text.Json;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Nats;

/// <summary>Changes of a cluster of NATS, as <c>nats server raft peer-remove</c> and <c>step-down</c> ask for
/// them.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="join">Starts one anew, with nothing.</param>
/// <param name="until">Waits until something holds, whoever gives up: what was begun is done.</param>
internal sealed class NatsMembers(
    NatsCluster cluster, Action<EngineNode> join,
    Func<string, Func<CancellationToken, Task<bool>>, Task> until)
{
    static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(50);

    /// <summary>Changes the cluster by one server.</summary>
    public async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        foreach (var asked in cluster.Nodes.Where(one => one.IsRunning))
        {
            try
            {
                if (await All(asked, cancellation) is { } all)
                    return await Change(kind, node, all, asked, cancellation);
            }
            catch (Exception silent) when (silent is IOException or OperationCanceledException
                or SocketException or JetStreamException)
            {
                // It cannot say so; another one may.
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return MembershipOutcome.NotLeader;
    }

    async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, NatsGroup all, EngineNode asked,
        CancellationToken cancellation)
    {
        var keepers = await cluster.KeepersOfStream(asked, cancellation);
        var name = cluster.ServerNameOf(node);
        return (kind, all.Members.Contains(name)) switch
        {
            (MembershipChangeKind.AddVoter, false) => await Add(node, asked),
            (MembershipChangeKind.Transfer, true) => await HandOver(name, keepers, asked, cancellation),
            (MembershipChangeKind.Remove, true) when !keepers.CanSpare(name) || !all.CanSpare(name) =>
                MembershipOutcome.Unsafe,
            (MembershipChangeKind.Remove, true) => await Remove(
                node, keepers, all, asked, cancellation),
            _ => MembershipOutcome.Unfit,
        };
    }

    // Who leads them alone knows who they are; a server that has no JetStream yet tells nothing.
    async Task<NatsGroup?> All(EngineNode asked, CancellationToken cancellation)
    {
        var told = await cluster.AskAsOperator(asked, "$SYS.REQ.SERVER.PING.JSZ", "{}", cancellation);
        return told.GetProperty("data").TryGetProperty("meta_cluster", out var all)
            && NatsGroup.Of(all) is var group
            && group.Leader == told.GetProperty("server").GetProperty("name").GetString() ? group : null;
    }

    // A leader of all that removes itself does not tell the streams any more, and a stream whose leader is
    // removed has none for seconds: others lead first.
    async Task<MembershipOutcome> Remove(
        EngineNode node, NatsGroup keepers, NatsGroup all, EngineNode asked, CancellationToken cancellation)
    {
        var name = cluster.ServerNameOf(node);
        if (all.Leader == name)
        {
            await cluster.AskAsOperator(asked, "$JS.API.META.LEADER.STEPDOWN", "", cancellation);
            return MembershipOutcome.Busy;
        }

        if (keepers.Leader == name)
        {
            await cluster.StepDown(asked, cancellation);
            return MembershipOutcome.Busy;
        }

        await cluster.AskAsOperator(
            asked, "$JS.API.SERVER.REMOVE", JsonSerializer.Serialize(new { peer = name }), cancellation);
        await until(
            $"{node.Name} to keep the stream no more",
            async stop => !(await cluster.KeepersOfStream(asked, stop)).Members.Contains(name));
        cluster.Stop(node);
        node.StaysDown = true;
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> Add(EngineNode node, EngineNode asked)
    {
        join(node);
        await until(
            $"{node.Name} to keep the stream",
            async stop => (await cluster.KeepersOfStream(asked, stop))
                .Current.Contains(cluster.ServerNameOf(node)));
        return MembershipOutcome.Done;
    }

    // Nobody can say who is next; who asks again and again comes to each of them.
    async Task<MembershipOutcome> HandOver(
        string name, NatsGroup keepers, EngineNode asked, CancellationToken cancellation)
    {
        if (keepers.Leader == name)
            return MembershipOutcome.Unfit;
        if (!keepers.Current.Contains(name))
            return MembershipOutcome.NotReady;
        await cluster.StepDown(asked, cancellation);
        NatsGroup after;
        while ((after = await cluster.KeepersOfStream(asked, cancellation)).Leader is null)
            await Task.Delay(s_look, cancellation);
        return after.Leader == name ? MembershipOutcome.Done : MembershipOutcome.Busy;
    }
}
