using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Processes;

namespace Steelyard.Live.Engines.ZooKeeper;

/// <summary>Servers of ZooKeeper that elect a leader among them.</summary>
internal sealed class ZooKeeperCluster(EngineSetup setup, ClusterPlace place)
    : EngineCluster(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
{
    /// <summary>The node whose children are a set.</summary>
    public const string Set = "/s";

    /// <summary>The node whose children are tickets of a lock.</summary>
    public const string Locks = "/locks";

    /// <summary>The node whose children are tickets of the lock on a list.</summary>
    public const string Tickets = "/tickets";

    /// <summary>The node that holds the list.</summary>
    public const string List = "/locked-set";

    /// <summary>The node that holds a counter.</summary>
    public const string Counter = "/c";

    static readonly (string Path, string Data)[] s_first =
        [(Set, ""), (Locks, ""), (Tickets, ""), (List, ""), (Counter, "0")];

    const string Clients = "client";
    const string Quorum = "quorum";
    const string Election = "election";
    const int ClientPort = 2181;
    const int QuorumPort = 2888;
    const int ElectionPort = 3888;

    /// <summary>How it was set up.</summary>
    public EngineSetup Setup => setup;

    /// <summary>Where a client beside a node reaches that node.</summary>
    public IPEndPoint ServerOf(int home) => Network.Client(home, home, Clients, ClientPort);

    /// <summary>A session with a node that no fault cuts.</summary>
    public ZooKeeperSession Direct(int node) => new(Network.Direct(node, Clients, ClientPort));

    /// <inheritdoc/>
    public override async Task<EngineNode?> Leader()
    {
        var modes = await Task.WhenAll(Nodes.Select(ModeOf));
        return Nodes.FirstOrDefault(node => modes[node.Index] is "leader" or "standalone");
    }

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        var clients = Network.Listen(node.Index, Clients, ClientPort);
        File.WriteAllText(Path.Combine(folder, "myid"), $"{node.Index + 1}\n");
        List<string> lines =
        [
            "tickTime=500", "initLimit=20", "syncLimit=4", $"dataDir={folder}",
            $"clientPort={clients.Port}", $"clientPortAddress={clients.Address}",
            "4lw.commands.whitelist=srvr", "admin.enableServer=false", "maxClientCnxns=0",
        ];
        if (Nodes.Count > 1)
            lines.AddRange(Nodes.Select(one => string.Join(
                ':', $"server.{one.Index + 1}={Network.Peer(one.Index, Quorum, QuorumPort)}",
                $"{Network.Peer(one.Index, Election, ElectionPort).Port}")));
        File.WriteAllLines(Path.Combine(folder, "zoo.cfg"), lines);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) =>
    [
        new(
            new EngineProgram("java", "default-jre-headless").MustBeThere(), "-Xmx128m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-cp",
            $"{ZooKeeperEngine.Jars}/zookeeper.jar:{ZooKeeperEngine.Jars}/slf4j-simple.jar",
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            Path.Combine(Place.Yard.Folder, node.Name, "zoo.cfg")),
    ];

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation) =>
        await ModeOf(node) is "leader" or "follower" or "standalone";

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        await using var session = Direct(0);
        await Until(
            "a session",
            async stop =>
            {
                await session.Connect(stop);
                return true;
            },
            Nodes[0], cancellation);
        foreach (var (path, data) in s_first)
            await session.Create(path, data, cancellation);
    }

    // What a server is just now: leader, follower; null when it serves nobody.
    async Task<string?> ModeOf(EngineNode node)
    {
        const string Word = "Mode: ";
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(Network.Direct(node.Index, Clients, ClientPort), time.Token);
            await tcp.GetStream().WriteAsync("srvr"u8.ToArray(), time.Token);
            using var reader = new StreamReader(tcp.GetStream());
            var told = await reader.ReadToEndAsync(time.Token);
            return told.Split('\n').FirstOrDefault(line => line.StartsWith(Word, StringComparison.Ordinal))
                ?[Word.Length..].Trim();
        }
        catch (Exception down) when (down is IOException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }
}
