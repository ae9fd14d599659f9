using System.Net;
using Etcdserverpb;
using Grpc.Core;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Etcd;

/// <summary>Members of etcd, each with its data in a folder of its own.</summary>
internal sealed class EtcdCluster(EngineSetup setup, ClusterPlace place)
    : EngineCluster(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
{
    const string Clients = "client";
    const string Peers = "peer";
    const int ClientPort = 2379;
    const int PeerPort = 2380;

    // With whom a member began that was added later; null is one of the first.
    readonly string?[] _joined = new string?[setup.Nodes];

    EtcdRoom? _room;

    /// <summary>The set-up whose members soon forget what they have sent.</summary>
    public const string Snapshots = "snapshots";

    /// <summary>How it was set up.</summary>
    public EngineSetup Setup => setup;

    /// <summary>The revision that there was before the first of the run's own; 0 where etcd is
    /// ours.</summary>
    public long FirstRevision { get; private set; }

    /// <summary>A connection of a client beside a node to any member.</summary>
    public EtcdConnection Connect(int home, int member) =>
        new(Network.Client(home, member, Clients, ClientPort), _room);

    /// <summary>A connection to a node that no fault cuts.</summary>
    public EtcdConnection Direct(int node) => Direct(node, room: null);

    EtcdConnection Direct(int node, EtcdRoom? room) =>
        new(Network.Direct(node, Clients, ClientPort), room);

    /// <summary>The member that leads in the latest term that any member knows of.</summary>
    public override async Task<EngineNode?> Leader()
    {
        var seen = await Task.WhenAll(Nodes.Select(LeadsSince));
        return seen.Where(one => one.Term is not null)
            .OrderByDescending(one => one.Term).FirstOrDefault().Node;
    }

    /// <inheritdoc/>
    public override Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        new EtcdMembers(this, PeerOf, Join).Change(kind, node, cancellation);

    // A member that was added begins with nothing, and is told who the others are.
    void Join(EngineNode node, string cluster)
    {
        node.Kill();
        var data = DataOf(node);
        if (Directory.Exists(data))
            Directory.Delete(data, recursive: true);
        _joined[node.Index] = cluster;
        Launch(node);
    }

    string DataOf(EngineNode node) => Path.Combine(FolderOf(node), "data");

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node) => Place.Yard.MakeFolder(node.Name);

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var clients = $"http://{Network.Listen(node.Index, Clients, ClientPort)}";
        var joined = _joined[node.Index];
        var cluster = joined ?? string.Join(',', Nodes.Select(one => $"{one.Name}={PeerOf(one)}"));
        List<string> words =
        [
            "--name", node.Name, "--data-dir", DataOf(node),
            "--listen-client-urls", clients, "--advertise-client-urls", clients,
            "--listen-peer-urls", $"http://{Network.Listen(node.Index, Peers, PeerPort)}",
            "--initial-advertise-peer-urls", PeerOf(node), "--initial-cluster", cluster,
            "--initial-cluster-state", joined is null ? "new" : "existing",
            "--heartbeat-interval", "100", "--election-timeout", "1000",
        ];
        if (setup.Name == Snapshots)
            words.AddRange(["--snapshot-count", "500"]);
        return [new(FileOf(EtcdEngine.Server), words)];
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        using var connection = Direct(node.Index);
        return (await connection.Status(cancellation)).Leader != 0;
    }

    /// <inheritdoc/>
    protected override async Task Settle(string room, CancellationToken cancellation)
    {
        const string Tried = "ready";
        _room = await Enter(room, cancellation);
        using var connection = Direct(0, _room);
        await connection.Store.PutAsync(
            EtcdRequests.Put(Tried, EtcdRequests.Bytes(room)), null, null, cancellation);
        var answer = await connection.Store.DeleteAsync(
            new DeleteRangeRequest { Key = EtcdRequests.Bytes(Tried) }, null, null, cancellation);
        FirstRevision = answer.Header.Revision;
    }

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        using var connection = Direct(0, await Enter(room, cancellation));
        var (key, end) = EtcdRequests.Everything;
        await connection.Store.DeleteAsync(
            new DeleteRangeRequest { Key = key, RangeEnd = end }, null, null, cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation)
    {
        using var connection = Direct(0);
        return (await connection.Status(cancellation)).Version;
    }

    // Who has a name there shows its password, and asks with what it gets for it.
    async Task<EtcdRoom> Enter(string room, CancellationToken cancellation)
    {
        if (Place.Source.Account is not { User: { } user } account)
            return new(room, token: null);
        using var connection = Direct(0);
        var answer = await connection.Store.AuthenticateAsync(
            new AuthenticateRequest { Name = user, Password = account.Password ?? "" }, null, null,
            cancellation);
        return new(room, answer.Token);
    }

    /// <inheritdoc/>
    protected override Task Form(CancellationToken cancellation) => Until(
        "a read that all members agree on",
        async stop =>
        {
            foreach (var node in Nodes)
            {
                using var connection = Direct(node.Index);
                await connection.Store.GetAsync(EtcdRequests.Read("ready"), null, null, stop);
            }

            return true;
        },
        node: null, cancellation);

    async Task<(EngineNode? Node, ulong? Term)> LeadsSince(EngineNode node)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        using var connection = Direct(node.Index);
        try
        {
            var status = await connection.Status(time.Token);
            return status.Leader == status.Header.MemberId ? (node, status.RaftTerm) : (null, null);
        }
        catch (RpcException)
        {
            // It cannot say so, so it leads nobody.
            return (null, null);
        }
    }

    string PeerOf(EngineNode node) => $"http://{Network.Peer(node.Index, Peers, PeerPort)}";
}
