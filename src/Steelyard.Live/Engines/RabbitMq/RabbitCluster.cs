using System.Globalization;
using System.Net;
using System.Text;
using RabbitMQ.Client;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Consensus;

namespace Steelyard.Live.Engines.RabbitMq;

/// <summary>RabbitMQ nodes, one cluster of Erlang nodes, and two queues on all of them.</summary>
internal sealed class RabbitCluster(EngineSetup setup, ClusterPlace place)
    : EngineCluster(place, [.. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}")])
{
    /// <summary>The queue of the workload of that name.</summary>
    public const string Queue = "q";

    /// <summary>The queue whose one message is the lock.</summary>
    public const string Lock = "l";

    const string AmqpService = "client";
    const string DistributionService = "peer";
    const string MapperService = "epmd";
    const string User = "rabbitmq";
    const string Cookie = "STEELYARD";
    const int AmqpPort = 5672;
    const int DistributionPort = 25672;
    const int MapperPort = 4369;

    const string Mirroring =
        """
        rabbit_policy:set(<<"/">>, <<"all">>, <<"^">>, [{<<"ha-mode">>, <<"all">>},
        {<<"ha-sync-mode">>, <<"automatic">>}], 0, <<"queues">>, <<"us">>).
        """;

    // A node that is silent for so long is down: 60 s by default.
    const int TickSeconds = 4;

    static readonly TimeSpan s_answersWithin = TimeSpan.FromSeconds(5);

    // Whose cluster each node looks for when it has none.
    readonly EngineNode?[] _joinsTo = new EngineNode?[setup.Nodes];

    /// <summary>Whether its queues are replicated by Raft.</summary>
    public bool IsQuorum => setup.Name == "quorum";

    /// <inheritdoc/>
    protected override TimeSpan ReadyWithin => IsElsewhere ? base.ReadyWithin : TimeSpan.FromSeconds(120);

    /// <summary>What the queue of the workload is called here.</summary>
    public string QueueHere => IsElsewhere ? In(Room, Queue) : Queue;

    /// <summary>What the queue of the lock is called here.</summary>
    public string LockHere => IsElsewhere ? In(Room, Lock) : Lock;

    /// <summary>Who asks; null where the broker is ours.</summary>
    public EngineAccount? Account => Place.Source.Account;

    /// <summary>Where a client reaches the node that it stands beside.</summary>
    public IPEndPoint ServerOf(int home) => Network.Client(home, home, AmqpService, AmqpPort);

    /// <summary>Where we reach a node, whatever is cut.</summary>
    public IPEndPoint DirectOf(int node) => Network.Direct(node, AmqpService, AmqpPort);

    // A node that joins before the first one has finished its own tables does not start at all.
    /// <inheritdoc/>
    public override async Task Start(CancellationToken cancellation)
    {
        foreach (var node in Nodes.Skip(1))
            _joinsTo[node.Index] = Nodes[0];
        foreach (var node in Nodes)
            Prepare(node);
        foreach (var together in (IReadOnlyList<EngineNode>[])[[Nodes[0]], [.. Nodes.Skip(1)]])
        {
            foreach (var node in together)
                Launch(node);
            foreach (var node in together)
                await UntilReady(node, cancellation);
        }

        await Form(cancellation);
    }

    /// <summary>The node that leads the queue, or has its master; as the first node knows that can
    /// tell.</summary>
    public override Task<EngineNode?> Leader() => Task.Run(() =>
    {
        // Of one that is not ours we know no cookie.
        if (IsElsewhere)
            return null;
        foreach (var node in Nodes.Where(node => node.IsRunning))
        {
            try
            {
                var told = Evaluate(
                    node,
                    $$"""
                    {ok, Q} = rabbit_amqqueue:lookup(rabbit_misc:r(<<"/">>, queue, <<"{{Queue}}">>)),
                    case amqqueue:get_pid(Q) of {_, Leader} -> Leader; Pid -> node(Pid) end.
                    """);
                if (Nodes.FirstOrDefault(one => told.Contains(ErlangNameOf(one), StringComparison.Ordinal))
                    is { } leader)
                    return leader;
            }
            catch (LiveException)
            {
                // It cannot say so; another one may.
            }
        }

        return null;
    });

    /// <summary>As whom the others know a node.</summary>
    public string ErlangNameOf(EngineNode node) =>
        $"{node.Name}@{Network.Listen(node.Index, AmqpService, AmqpPort).Address}";

    /// <summary>Whether the others find one another only while a node is there: on one loopback its
    /// <c>epmd</c> is that of all.</summary>
    public bool MapsForOthers(EngineNode node) =>
        Nodes.Any(other => other != node && MapperOf(other) == node.Index);

    /// <inheritdoc/>
    public override Task<MembershipOutcome> Change(
        MembershipChangeKind kind, EngineNode node, CancellationToken cancellation) =>
        new RabbitMembers(
            this, Join,
            (what, holds) => Until(what, _ => Task.FromResult(holds()), node, CancellationToken.None))
            .Change(kind, node, cancellation);

    // It begins with nothing.
    async Task Join(EngineNode node, EngineNode other)
    {
        node.Kill();
        Folders.Empty(FolderOf(node));
        _joinsTo[node.Index] = other;
        Prepare(node);
        Launch(node);
        await UntilReady(node, CancellationToken.None);
        await Until(
            $"{node.Name} to belong to the cluster of {other.Name}",
            _ => Task.FromResult(new RabbitOperator(this, other).SeesUp(node)), node, CancellationToken.None);
    }

    /// <summary>Evaluates an expression on a node.</summary>
    /// <exception cref="LiveException">It cannot.</exception>
    public string Evaluate(EngineNode node, string erlang)
    {
        var call = FileOf(RabbitEngine.Call);
        return Place.Yard.Run(
            new(
                "sh", "-c", "printf '%s\\n' \"$4\" | \"$0\" -c \"$1\" -name \"$2\" -timeout \"$3\" -e", call,
                Cookie, ErlangNameOf(node), "5", erlang)
            {
                User = User,
                Environment = EnvironmentOf(node),
            },
            Network.Within(node.Index),
            s_answersWithin + s_answersWithin);
    }

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        var folder = Place.Yard.MakeFolder(node.Name);
        var amqp = Network.Listen(node.Index, AmqpService, AmqpPort);
        File.WriteAllText(
            Path.Combine(folder, "rabbit.conf"),
            $"""
            listeners.tcp.1 = {amqp.Address}:{amqp.Port}
            loopback_users = none
            cluster_partition_handling = {setup.Chosen[RabbitEngine.Partitions]}
            cluster_formation.peer_discovery_backend = classic_config
            {Joins(node)}
            log.console = true
            log.console.level = warning
            log.file = false
            disk_free_limit.absolute = 50MB
            collect_statistics_interval = 60000

            """);
        File.WriteAllText(Path.Combine(folder, "plugins"), "[].");
        var cookie = Path.Combine(folder, ".erlang.cookie");
        File.WriteAllText(cookie, Cookie);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        Place.Yard.GiveTo(folder, User);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node)
    {
        var environment = EnvironmentOf(node);
        List<EngineCommand> commands =
        [
            new(RabbitEngine.ServerFile(Place.Source)) { User = User, Environment = environment },
        ];
        // It maps names of Erlang nodes to ports. One of our own ends with its node; Erlang would start one
        // that does not.
        if (MapperOf(node) == node.Index)
            commands.Insert(
                0,
                new(FileOf(RabbitEngine.Mapper), "-port", environment["ERL_EPMD_PORT"])
                {
                    User = User,
                    Environment = environment,
                });
        return commands;
    }

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        await using var connection = await Connect(node, cancellation);
        return connection.IsOpen;
    }

    /// <inheritdoc/>
    protected override async Task Form(CancellationToken cancellation)
    {
        var all = Nodes.Count.ToString(CultureInfo.InvariantCulture);
        await Until(
            $"{all} nodes to be one cluster",
            _ => Task.FromResult(Evaluate(Nodes[0], "length(rabbit_nodes:all_running()).")
                .Contains($" {all}}}", StringComparison.Ordinal)),
            node: null, cancellation);
        if (setup.Name == "mirrored")
            await Until(
                "queues to be mirrored",
                _ => Task.FromResult(
                    Evaluate(Nodes[0], Mirroring).Contains("{ok, ok}", StringComparison.Ordinal)),
                node: null, cancellation);
        await MakeQueues(cancellation);
    }

    /// <inheritdoc/>
    protected override Task Settle(string room, CancellationToken cancellation) => MakeQueues(cancellation);

    /// <inheritdoc/>
    protected override async Task Clear(string room, CancellationToken cancellation)
    {
        await using var connection = await Connect(Nodes[0], cancellation);
        await using var channel = await connection.CreateChannelAsync(RabbitLink.Confirming, cancellation);
        foreach (var queue in (string[])[Queue, Lock])
            await channel.QueueDeleteAsync(
                In(room, queue), ifUnused: false, ifEmpty: false, cancellationToken: cancellation);
    }

    /// <inheritdoc/>
    protected override async Task<string> TellVersion(CancellationToken cancellation)
    {
        await using var connection = await Connect(Nodes[0], cancellation);
        return connection.ServerProperties is { } told && told.TryGetValue("version", out var version)
            && version is byte[] bytes
            ? Encoding.UTF8.GetString(bytes) : "";
    }

    static string In(string room, string queue) => $"{room}.{queue}";

    Task<IConnection> Connect(EngineNode node, CancellationToken cancellation) =>
        RabbitLink.Connect(DirectOf(node.Index), s_answersWithin, cancellation, Account);

    async Task MakeQueues(CancellationToken cancellation)
    {
        await using var connection = await Connect(Nodes[0], cancellation);
        await using var channel = await connection.CreateChannelAsync(RabbitLink.Confirming, cancellation);
        foreach (var queue in (string[])[QueueHere, LockHere])
            await channel.QueueDeclareAsync(
                queue, durable: true, exclusive: false, autoDelete: false,
                IsQuorum ? new Dictionary<string, object?> { ["x-queue-type"] = "quorum" } : null,
                cancellationToken: cancellation);
        await RabbitLink.Publish(channel, LockHere, 1, cancellation);
    }

    // The first node looks for nobody, and so makes the cluster that the others join. Where all look for all
    // they wait for one another for five seconds, and at times make two clusters.
    string Joins(EngineNode node) => _joinsTo[node.Index] is not { } other
        ? ""
        : $"""
        cluster_formation.classic_config.nodes.1 = {ErlangNameOf(other)}
        cluster_formation.classic_config.nodes.2 = {ErlangNameOf(node)}
        cluster_formation.discovery_retry_limit = 240
        """;

    // In a namespace each has its own; on one loopback all have the first one's.
    int MapperOf(EngineNode node) => Network.Within(node.Index).Count > 0 ? node.Index : 0;

    Dictionary<string, string> EnvironmentOf(EngineNode node)
    {
        var folder = FolderOf(node);
        var distribution = Network.Listen(node.Index, DistributionService, DistributionPort);
        var address = $"{distribution.Address}";
        return new(StringComparer.Ordinal)
        {
            ["HOME"] = folder,
            ["LANG"] = "C.UTF-8",
            ["ERL_EPMD_ADDRESS"] = address,
            ["ERL_EPMD_PORT"] = Number(Network.Listen(MapperOf(node), MapperService, MapperPort).Port),
            ["RABBITMQ_USE_LONGNAME"] = "true",
            ["RABBITMQ_NODENAME"] = ErlangNameOf(node),
            ["RABBITMQ_DIST_PORT"] = Number(distribution.Port),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "+S 1:1 +sbwt none -start_epmd false"
                + $" -kernel net_ticktime {TickSeconds} -kernel inet_dist_use_interface"
                + $" {{{address.Replace('.', ',')}}}",
            ["RABBITMQ_MNESIA_BASE"] = Path.Combine(folder, "db"),
            ["RABBITMQ_LOG_BASE"] = Path.Combine(folder, "log"),
            ["RABBITMQ_PID_FILE"] = Path.Combine(folder, "pid"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(folder, "plugins"),
            ["RABBITMQ_CONFIG_FILE"] = Path.Combine(folder, "rabbit"),
            ["RABBITMQ_CONF_ENV_FILE"] = Path.Combine(folder, "none"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(folder, "generated"),
            // Its script becomes the server, and does not stand beside it.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
