using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;
using Steelyard.Worlds.Faults;

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

    /// <summary>A session of a client with the node that it stands beside.</summary>
    public ZooKeeperSession Open(int home) => new(
        Network.Client(home, home, Clients, ClientPort), IsElsewhere ? RootOf(Room) : "");

    /// <summary>A session with a node that no fault cuts.</summary>
    public ZooKeeperSession Direct(int node) => Direct(node, root: "");

    ZooKeeperSession Direct(int node, string root) => new(Network.Direct(node, Clients, ClientPort), root);

    static string RootOf(string room) => $"/{room}";

    /// <summary>The number of a server.</summary>
    public static int NumberOf(EngineNode node) => node.Index + 1;

    /// <summary>Where the others find a server, as the configuration says it.</summary>
    public string MemberLineOf(EngineNode node) => string.Join(
        ':', node.Name, Network.Listen(node.Index, Quorum, QuorumPort).Port,
        Network.Listen(node.Index, Election, ElectionPort).Port, "participant");

    /// <summary>Where a server listens for clients.</summary>
    public IPEndPoint ListenOf(EngineNode node) => Network.Listen(node.Index, Clients, ClientPort);

    /// <inheritdoc/>
    public override Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        new ZooKeeperMembers(this, Join).Change(kind, node, cancellation);

    // Who gives up the change does not stop it.
    async Task Join(EngineNode node)
    {
        Folders.Empty(FolderOf(node));
        Prepare(node);
        Launch(node);
        await UntilReady(node, CancellationToken.None);
    }

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
        var clients = ListenOf(node);
        File.WriteAllText(Path.Combine(folder, "myid"), $"{NumberOf(node)}\n");
        List<string> lines =
        [
            "tickTime=500", "initLimit=20", "syncLimit=4", $"dataDir={folder}",
            $"clientPort={clients.Port}", $"clientPortAddress={clients.Address}",
            "4lw.commands.whitelist=srvr", "admin.enableServer=false", "maxClientCnxns=0",
        ];
        if (Nodes.Count > 1)
            lines.AddRange(
            [
                "reconfigEnabled=true",
                .. Nodes.Select(one => $"server.{NumberOf(one)}={MemberLineOf(one)}"),
            ]);
        File.WriteAllLines(Path.Combine(folder, "zoo.cfg"), lines);
        File.WriteAllLines(
            HostsOf(node), Nodes.Select(one => $"{AddressOf(one, seenFrom: node)} {one.Name}"));
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) =>
    [
        new(
            FileOf(ZooKeeperEngine.Java), "-Xmx128m", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Else only a superuser may change the servers.
            "-Dzookeeper.skipACL=yes", $"-Djdk.net.hosts.file={HostsOf(node)}", "-cp",
            ClassPath,
            "org.apache.zookeeper.server.quorum.QuorumPeerMain",
            Path.Combine(FolderOf(node), "zoo.cfg")),
    ];

    // All that was unpacked with it, and how it is to log.
    string ClassPath => FileOf(ZooKeeperEngine.Library) is var library && Place.Source.Folder is { } own
        ? $"{Path.GetDirectoryName(library)}/*:{own}/conf"
        : $"{library}:{ZooKeeperEngine.Jars}/slf4j-simple.jar";

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        if (!IsElsewhere)
            return await ModeOf(node) is "leader" or "follower" or "standalone";
        // It may tell nobody what it is; whom it gives a session it serves.
        await using var session = Direct(node.Index);
        await session.Connect(cancellation);
        return true;
    }

    /// <inheritdoc/>
    protected override async Task Settle(string room, CancellationToken cancellation)
    {
        await using var session = Direct(0, RootOf(room));
        await session.Connect(cancellation);
        await session.Create("", room, cancellation);
        foreach (var (path, data) in s_first)
            await session.Create(path, data, cancellation);
        // Another server may be behind the one that we have asked.
        foreach (var node in Nodes)
        {
            await using var other = Direct(node.Index, RootOf(room));
            await other.Connect(cancellation);
            await other.Sync("", cancellation);
        }
    }

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        await using var session = Direct(0, RootOf(room));
        await session.Connect(cancellation);
        await session.Sync("", cancellation);
        await Clear(session, "", cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation) =>
        await Status(Nodes[0], cancellation);

    // What goes with a session may go while we look.
    static async Task Clear(ZooKeeperSession session, string path, CancellationToken cancellation)
    {
        try
        {
            foreach (var child in await session.GetChildren(path, cancellation))
                await Clear(session, $"{path}/{child}", cancellation);
            await session.Delete(path, cancellation);
        }
        catch (ZooKeeperRefusal gone) when (gone.Code == ZooKeeperRefusal.NoNode)
        {
        }
    }

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

    // A server tells the others the name under which it listens: it means itself to it, and to others what
    // stands between them.
    IPAddress AddressOf(EngineNode node, EngineNode seenFrom)
    {
        if (node == seenFrom)
            return Network.Listen(node.Index, Quorum, QuorumPort).Address;
        Network.Peer(node.Index, Election, ElectionPort);
        return Network.Peer(node.Index, Quorum, QuorumPort).Address;
    }

    string HostsOf(EngineNode node) => Path.Combine(FolderOf(node), "hosts");

    // What a server is just now: leader, follower; null when it serves nobody.
    async Task<string?> ModeOf(EngineNode node)
    {
        const string Word = "Mode: ";
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            return (await Status(node, time.Token)).Split('\n')
                .FirstOrDefault(line => line.StartsWith(Word, StringComparison.Ordinal))
                ?[Word.Length..].Trim();
        }
        catch (Exception down) when (down is IOException or SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    // What it tells of itself to whoever asks; one that is not ours may tell nothing.
    async Task<string> Status(EngineNode node, CancellationToken cancellation)
    {
        using var tcp = await EngineConnections.Open(
            Network.Direct(node.Index, Clients, ClientPort), cancellation);
        await tcp.GetStream().WriteAsync("srvr"u8.ToArray(), cancellation);
        using var reader = new StreamReader(tcp.GetStream());
        return await reader.ReadToEndAsync(cancellation);
    }
}
