using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.Nats;

/// <summary>NATS servers with JetStream, and one stream on all of them.</summary>
internal sealed class NatsCluster(EngineSetup setup, ClusterPlace place)
    : EngineCluster(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
{
    const string ClientService = "client";
    const string RouteService = "peer";
    const int ClientPort = 4222;
    const int RoutePort = 6222;

    // Whose requests change the cluster.
    const string Operator = "operator";

    static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(1);

    // How often a server has joined anew, each time under a name of its own: JetStream goes on refusing the
    // name of a server that was removed.
    readonly int[] _joined = new int[setup.Nodes];

    /// <summary>What was chosen of an option.</summary>
    public string Chosen(string option) => setup.Chosen[option];

    /// <summary>What the run calls its stream and its subjects.</summary>
    public NatsNames Names => IsElsewhere ? NatsNames.In(Room) : NatsNames.Own;

    /// <summary>Who asks; null where the servers are ours.</summary>
    public EngineAccount? Account => Place.Source.Account;

    /// <summary>Where a client reaches the server that it stands beside.</summary>
    public IPEndPoint ServerOf(int home) => Network.Client(home, home, ClientService, ClientPort);

    /// <summary>Where we reach a server, whatever is cut.</summary>
    public IPEndPoint DirectOf(int node) => Network.Direct(node, ClientService, ClientPort);

    /// <summary>The folder in which a node keeps its streams.</summary>
    public string StoreOf(EngineNode node) => Path.Combine(FolderOf(node), "store");

    /// <summary>The leader of the stream, as the first node knows that can tell.</summary>
    public override async Task<EngineNode?> Leader()
    {
        foreach (var node in Nodes)
        {
            try
            {
                var told = await Ask(
                    node, $"STREAM.INFO.{Names.Stream}", "", CancellationToken.None);
                if (Nodes.Count == 1)
                    return node;
                if (NatsGroup.Of(told.GetProperty("cluster")).Leader is { } leader)
                    return Nodes.FirstOrDefault(one => ServerNameOf(one) == leader);
            }
            catch (Exception down) when (down is IOException or OperationCanceledException or SocketException
                or JetStreamException)
            {
                // It cannot say so; another one may.
            }
        }

        return null;
    }

    /// <summary>Asks the leader of the stream to let another one lead.</summary>
    public Task StepDown(EngineNode asked, CancellationToken cancellation) =>
        Ask(asked, $"STREAM.LEADER.STEPDOWN.{Names.Stream}", "", cancellation);

    /// <inheritdoc/>
    public override Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        new NatsMembers(this, Join, (what, holds) => Until(what, holds, node, CancellationToken.None))
            .Change(kind, node, cancellation);

    /// <summary>As whom the others know a server.</summary>
    public string ServerNameOf(EngineNode node) => _joined[node.Index] is > 0 and var times
        ? string.Create(CultureInfo.InvariantCulture, $"{node.Name}-{times}") : node.Name;

    /// <summary>Asks as one who may change the cluster.</summary>
    /// <param name="node">The server that is asked.</param>
    /// <param name="subject">What is asked.</param>
    /// <param name="json">More of it.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<JsonElement> AskAsOperator(
        EngineNode node, string subject, string json, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_answersWithin);
        using var connection = await NatsConnection.Open(
            DirectOf(node.Index), new(Operator, Operator), time.Token);
        return await new JetStream(connection, Names.Stream, time.Token).AskServers(subject, json);
    }

    /// <summary>Who keeps the stream, as its leader knows. Of a stream that it takes for leaderless the
    /// leader of all tells as well, and sooner where it stands itself: then the stream's leader is asked
    /// where that one stands.</summary>
    public async Task<NatsGroup> KeepersOfStream(EngineNode node, CancellationToken cancellation)
    {
        var told = await KeepersAsToldAt(node, cancellation);
        var leader = Nodes.FirstOrDefault(one => ServerNameOf(one) == told.Leader);
        return told.IsToldByLeader || leader is null
            ? told
            : await KeepersAsToldAt(leader, cancellation);
    }

    async Task<NatsGroup> KeepersAsToldAt(EngineNode node, CancellationToken cancellation) => NatsGroup.Of(
        (await Ask(node, $"STREAM.INFO.{Names.Stream}", "", cancellation)).GetProperty("cluster"));

    // It begins with nothing; JetStream gives it what it is to keep as soon as it knows of it.
    void Join(EngineNode node)
    {
        node.Kill();
        Directory.Delete(StoreOf(node), recursive: true);
        _joined[node.Index]++;
        Prepare(node);
        Launch(node);
    }

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        var (clients, routes) = (ListenOf(node), RoutesOf(node));
        var others = string.Join(
            ", ", Nodes.Where(other => other != node).Select(other => $"nats://{PeerOf(other)}"));
        var cluster = Nodes.Count > 1
            ? $"cluster {{ name: c, listen: {routes}, advertise: \"{PeerOf(node)}\", no_advertise: true,"
                + $" routes: [{others}] }}"
            : "";
        File.WriteAllText(
            Path.Combine(folder, "nats.conf"),
            $$"""
            server_name: {{ServerNameOf(node)}}
            listen: {{clients}}
            # A consumer that does not read is cut off after so many bytes, or when it takes nothing so long.
            max_pending: 1MB
            write_deadline: "1s"
            # Clients answer only while they ask something themselves.
            ping_interval: "10m"
            jetstream { store_dir: "{{StoreOf(node)}}", max_mem: 64M, max_file: 1G }
            accounts { $SYS { users: [{ user: {{Operator}}, password: {{Operator}} }] } }
            {{cluster}}

            """);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) =>
        [new(FileOf(NatsEngine.Server), "-c", Path.Combine(FolderOf(node), "nats.conf"))];

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation) =>
        (await Ask(node, "INFO", "", cancellation)).TryGetProperty("streams", out _);

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        var replicas = Nodes.Count.ToString(CultureInfo.InvariantCulture);
        await Until(
            "the stream to be made",
            async stop => (await Ask(
                Nodes[0], $"STREAM.CREATE.{Names.Stream}",
                $$"""
                {"name":"{{Names.Stream}}","subjects":["{{Names.Root}}.>"],
                "storage":"file","retention":"limits",
                "num_replicas":{{replicas}},"discard":"old","max_msgs":-1,"max_bytes":-1,"max_age":0,
                "max_consumers":-1,"duplicate_window":120000000000}
                """,
                stop)).TryGetProperty("config", out _),
            node: null, cancellation);
        await Until(
            "its consumer to be made",
            async stop => (await Ask(
                Nodes[0], $"CONSUMER.DURABLE.CREATE.{Names.Stream}.{JetStream.Consumer}",
                $$$"""
                {"stream_name":"{{{Names.Stream}}}","config":{"durable_name":"{{{JetStream.Consumer}}}",
                "deliver_policy":"all","ack_policy":"explicit","ack_wait":2000000000,"max_deliver":-1,
                "filter_subject":"{{{Names.Queue}}}","replay_policy":"instant",
                "max_ack_pending":1000}}
                """,
                stop)).TryGetProperty("config", out _),
            node: null, cancellation);
    }

    /// <inheritdoc/>
    protected override Task Settle(string room, CancellationToken cancellation) => Form(cancellation);

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        try
        {
            await Ask(Nodes[0], $"STREAM.DELETE.{NatsNames.In(room).Stream}", "", cancellation);
        }
        catch (JetStreamException gone) when (gone.Code == JetStream.NothingThere)
        {
            // It was not made, or somebody was quicker.
        }
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation)
    {
        using var connection = await NatsConnection.Open(DirectOf(0), Account, cancellation);
        return JsonDocument.Parse(connection.Greeting).RootElement.GetProperty("version").GetString()!;
    }

    async Task<JsonElement> Ask(EngineNode node, string what, string json, CancellationToken cancellation)
    {
        // While nobody leads, nobody answers at all.
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(s_answersWithin);
        using var connection = await NatsConnection.Open(DirectOf(node.Index), Account, time.Token);
        return await new JetStream(connection, Names.Stream, time.Token).Ask(
            what, json.ReplaceLineEndings(""));
    }

    IPEndPoint ListenOf(EngineNode node) => Network.Listen(node.Index, ClientService, ClientPort);

    IPEndPoint PeerOf(EngineNode node) => Network.Peer(node.Index, RouteService, RoutePort);

    IPEndPoint RoutesOf(EngineNode node) => Network.Listen(node.Index, RouteService, RoutePort);
}
