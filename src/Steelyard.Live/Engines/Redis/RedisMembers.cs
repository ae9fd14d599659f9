using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Changes of a Redis Cluster, as <c>redis-cli --cluster</c> makes them with <c>reshard</c>,
/// <c>del-node</c> and <c>add-node</c>. Primaries vote, replicas only learn.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="addressOf">Where others reach a server as clients do, and its bus.</param>
/// <param name="beginAnew">Starts the one that it is about with nothing.</param>
/// <param name="until">Waits until something holds, whoever gives up: what was begun is done.</param>
internal sealed class RedisMembers(
    RedisCluster cluster, Func<EngineNode, (IPEndPoint Client, IPEndPoint Bus)> addressOf,
    Action beginAnew, Func<string, Func<CancellationToken, Task<bool>>, Task> until)
{
    static readonly TimeSpan s_toMove = TimeSpan.FromSeconds(60);

    /// <summary>Changes the cluster by one server.</summary>
    public async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation)
    {
        try
        {
            // Who is down would not hear of it, and tell the others of what they have forgotten.
            if (Others(node).Any(other => !other.IsRunning) || Others(node).FirstOrDefault() is not { } asked)
                return MembershipOutcome.Unsafe;
            if (!await Serves(asked, cancellation))
                return MembershipOutcome.NotReady;
            return await Change(kind, node, asked, await Seen(asked, cancellation), cancellation);
        }
        catch (Exception silent) when (silent is IOException or OperationCanceledException
            or SocketException)
        {
            cancellation.ThrowIfCancellationRequested();
            return MembershipOutcome.Lost;
        }
    }

    async Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, EngineNode asked, IReadOnlyList<ShardServer> all,
        CancellationToken cancellation)
    {
        var one = all.FirstOrDefault(server => NodeOf(server) == node);
        return (kind, one) switch
        {
            (MembershipChangeKind.Remove, { Primary: { } }) => await Forget(node, one),
            (MembershipChangeKind.Remove, { Primary: null }) => await Remove(node, one, all),
            (MembershipChangeKind.AddLearner, null) => await Add(node, asked, all, votes: false),
            (MembershipChangeKind.AddVoter, null) => await Add(node, asked, all, votes: true),
            (MembershipChangeKind.AddVoter, { Primary: null, Slots: [] }) => await TakeShare(one, all),
            (MembershipChangeKind.Transfer, { Primary: { } }) => await TakeOver(node, cancellation),
            _ => MembershipOutcome.Unfit,
        };
    }

    // What it owns goes to the others, and who follows it follows one of them.
    async Task<MembershipOutcome> Remove(EngineNode node, ShardServer one, IReadOnlyList<ShardServer> all)
    {
        ShardServer[] heirs = [.. all.Where(other => other.Primary is null && other.Id != one.Id)];
        if (heirs.Length == 0 || !node.IsRunning)
            return MembershipOutcome.Unsafe;
        using var time = new CancellationTokenSource(s_toMove);
        foreach (var (place, heir) in heirs.Index())
            await Move(
                one, heir, [.. one.Slots.Where((_, slot) => slot % heirs.Length == place)], time.Token);
        foreach (var follower in all.Where(other => other.Primary == one.Id))
            await Follow(NodeOf(follower)!, heirs[^1], time.Token);
        return await Forget(node, one);
    }

    async Task<MembershipOutcome> Forget(EngineNode node, ShardServer one)
    {
        await until($"all to have forgotten {node.Name}", async stop =>
        {
            foreach (var other in Others(node))
                if ((await Seen(other, stop)).Any(server => server.Id == one.Id))
                    await cluster.Ask(other, stop, "CLUSTER", "FORGET", one.Id);
            return true;
        });
        node.StaysDown = true;
        cluster.Stop(node);
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> Add(
        EngineNode node, EngineNode asked, IReadOnlyList<ShardServer> all, bool votes)
    {
        beginAnew();
        await until(
            $"{node.Name} to be ready", async stop => await cluster.Ask(node, stop, "PING") is "PONG");
        var (client, bus) = addressOf(node);
        using var time = new CancellationTokenSource(s_toMove);
        await cluster.Ask(
            asked, time.Token, "CLUSTER", "MEET", $"{client.Address}", Number(client.Port), Number(bus.Port));
        await until($"{node.Name} and the others to know one another", async stop =>
        {
            var known = await Task.WhenAll(cluster.Nodes.Where(IsMember).Select(one => Seen(one, stop)));
            return known.All(seen => seen.Count == all.Count + 1) && await Serves(node, stop);
        });
        return votes
            ? await TakeShare((await Seen(asked, time.Token)).First(server => NodeOf(server) == node), all)
            : await FollowFewest(node, all, time.Token);
    }

    // As many slots as the others keep each, of each of them, and a replica of one that has several.
    async Task<MembershipOutcome> TakeShare(ShardServer added, IReadOnlyList<ShardServer> all)
    {
        using var time = new CancellationTokenSource(s_toMove);
        ShardServer[] owners = [.. all.Where(other => other.Primary is null && other.Id != added.Id)];
        foreach (var owner in owners)
            await Move(
                owner, added, [.. owner.Slots.TakeLast(owner.Slots.Count / (owners.Length + 1))],
                time.Token);
        var several = owners.Select(owner => FollowersOf(owner, all)).FirstOrDefault(some => some.Count > 1);
        if (several is not null)
            await Follow(NodeOf(several[^1])!, added, time.Token);
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> FollowFewest(
        EngineNode node, IReadOnlyList<ShardServer> all, CancellationToken stop)
    {
        await Follow(
            node, all.Where(other => other.Primary is null).MinBy(owner => FollowersOf(owner, all).Count)!,
            stop);
        await cluster.UntilFollowing(node, stop);
        return MembershipOutcome.Done;
    }

    async Task<MembershipOutcome> TakeOver(EngineNode replica, CancellationToken cancellation)
    {
        await cluster.Ask(replica, cancellation, "CLUSTER", "FAILOVER");
        await until(
            $"{replica.Name} to take over",
            async stop => await cluster.Ask(replica, stop, "ROLE") is object?[] and ["master", ..]);
        return MembershipOutcome.Done;
    }

    async Task Move(ShardServer from, ShardServer to, IReadOnlyList<int> slots, CancellationToken stop)
    {
        using var source = await cluster.Connect(NodeOf(from)!, stop);
        using var target = await cluster.Connect(NodeOf(to)!, stop);
        await new RedisSlotMoves(source, from.Id, target, to).Move(slots, stop);
    }

    Task Follow(EngineNode node, ShardServer primary, CancellationToken stop) => until(
        $"{node.Name} to follow another one",
        async _ => await cluster.Ask(node, stop, "CLUSTER", "REPLICATE", primary.Id) is "OK");

    static IReadOnlyList<ShardServer> FollowersOf(ShardServer owner, IReadOnlyList<ShardServer> all) =>
        [.. all.Where(other => other.Primary == owner.Id)];

    async Task<IReadOnlyList<ShardServer>> Seen(EngineNode by, CancellationToken stop) =>
        ShardServer.In((string)(await cluster.Ask(by, stop, "CLUSTER", "NODES"))!);

    // A server that has just joined takes its time until it does.
    async Task<bool> Serves(EngineNode node, CancellationToken stop) =>
        await cluster.Ask(node, stop, "CLUSTER", "INFO") is string told
        && told.Contains("cluster_state:ok", StringComparison.Ordinal);

    IEnumerable<EngineNode> Others(EngineNode node) =>
        cluster.Nodes.Where(other => other != node && IsMember(other));

    EngineNode? NodeOf(ShardServer server) =>
        cluster.NodeAt(server.Address) is { } place ? cluster.Nodes[place] : null;

    static bool IsMember(EngineNode node) => !node.StaysDown;

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
