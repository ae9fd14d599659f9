using System.Globalization;
using System.Net;

namespace Steelyard.Live.Engines.Redis;

/// <summary>Makes shards of servers: the first ones are primaries, each of the others follows one of
/// them.</summary>
/// <param name="cluster">The servers.</param>
/// <param name="addressOf">Where others reach a server as clients do, and its bus.</param>
internal sealed class RedisShards(
    RedisCluster cluster, Func<EngineNode, (IPEndPoint Client, IPEndPoint Bus)> addressOf)
{
    /// <summary>How many primaries there are.</summary>
    public const int Count = 3;

    const int Slots = 16384;

    static readonly TimeSpan s_gone = TimeSpan.FromSeconds(1);

    /// <summary>What a server is started with besides.</summary>
    /// <param name="bus">Where it listens for other servers.</param>
    /// <param name="known">Where others reach it as clients do.</param>
    /// <param name="knownBus">Where others reach its bus.</param>
    public static IReadOnlyList<string> WordsFor(IPEndPoint bus, IPEndPoint known, IPEndPoint knownBus) =>
    [
        "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-port", Number(bus.Port),
        "--cluster-announce-ip", $"{known.Address}", "--cluster-announce-port", Number(known.Port),
        "--cluster-announce-bus-port", Number(knownBus.Port),
        "--cluster-node-timeout", Number((int)s_gone.TotalMilliseconds),
        // A replica may be promoted however long it has heard nothing: in a young cluster it has not heard
        // much.
        "--cluster-replica-validity-factor", "0",
    ];

    /// <summary>Gives the slots to the primaries, and lets all meet.</summary>
    public async Task Introduce(CancellationToken cancellation)
    {
        foreach (var node in cluster.Nodes)
            await cluster.Ask(node, cancellation, "CLUSTER", "SET-CONFIG-EPOCH", Number(node.Index + 1));
        for (var shard = 0; shard < Count; shard++)
            await cluster.Ask(
                cluster.Nodes[shard], cancellation, "CLUSTER", "ADDSLOTSRANGE",
                Number(Slots * shard / Count), Number((Slots * (shard + 1) / Count) - 1));
        foreach (var node in cluster.Nodes.Skip(1))
        {
            var (client, bus) = addressOf(node);
            await cluster.Ask(
                cluster.Nodes[0], cancellation, "CLUSTER", "MEET", $"{client.Address}", Number(client.Port),
                Number(bus.Port));
        }
    }

    /// <summary>Whether a server knows all others.</summary>
    public async Task<bool> Knows(EngineNode node, CancellationToken cancellation) =>
        await cluster.Ask(node, cancellation, "CLUSTER", "NODES") is string told
        && told.Split('\n', StringSplitOptions.RemoveEmptyEntries) is var lines
        && lines.Length == cluster.Nodes.Count
        && !lines.Any(line => line.Contains("handshake", StringComparison.Ordinal));

    /// <summary>The addresses of all nodes, as one of them lists them.</summary>
    /// <param name="listed">Lines such as <c>07c3… 127.0.0.1:30004@31004,host slave …</c>.</param>
    public static IEnumerable<string> AddressesIn(string listed) =>
        listed.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')[1].Split('@')[0]);

    /// <summary>Lets each of the others follow a primary.</summary>
    public async Task Follow(CancellationToken cancellation)
    {
        foreach (var node in cluster.Nodes.Skip(Count))
        {
            var primary = cluster.Nodes[node.Index - Count];
            var name = (string)(await cluster.Ask(primary, cancellation, "CLUSTER", "MYID"))!;
            await cluster.Ask(node, cancellation, "CLUSTER", "REPLICATE", name);
        }
    }

    /// <summary>Whether a server serves: it knows of an owner for each slot, and who follows whom.</summary>
    public async Task<bool> IsWhole(EngineNode node, CancellationToken cancellation) =>
        await cluster.Ask(node, cancellation, "CLUSTER", "INFO") is string told
        && told.Contains("cluster_state:ok", StringComparison.Ordinal)
        && await cluster.Ask(node, cancellation, "CLUSTER", "NODES") is string nodes
        && nodes.Split('\n').Count(line => line.Contains("slave", StringComparison.Ordinal))
            == cluster.Nodes.Count - Count;

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
