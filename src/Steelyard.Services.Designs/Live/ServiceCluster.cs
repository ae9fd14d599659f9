using System.Net;
using Npgsql;
using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Engines.Postgres;
using Steelyard.Live.Processes;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Live;

/// <summary>The processes of a service: its hosts, and PostgreSQL in the place of its database.</summary>
internal sealed class ServiceCluster(ServicePlan plan, ClusterPlace place) : EngineCluster(place, plan.Hosts)
{
    const string Http = "http";
    const string Sql = "sql";
    const int HttpPort = 8080;
    const int MostConnections = 20;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Makes a client of the service.</summary>
    public IClient CreateClient(IClientWorld world) => plan.CreateClient(world);

    /// <summary>Where a client beside a node reaches a host.</summary>
    public IPEndPoint AddressFor(int home, string host) =>
        Network.Client(home, NodeOf(host).Index, Http, HttpPort);

    /// <inheritdoc/>
    protected override void Prepare(EngineNode node)
    {
        if (!IsDatabase(node))
            return;
        var server = ServerOf(node);
        server.Create();
        server.Configure();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<EngineCommand> CommandsOf(EngineNode node) =>
    [
        IsDatabase(node) ? ServerOf(node).Command : ServiceHostProcess.CommandOf(
            plan.Program.MustBeThere(), GarnetEngine.Runtime.MustBeThere(), plan, node.Name,
            Network.Listen(node.Index, Http, HttpPort), DatabaseAsSeenByHosts,
            Nodes.Where(other => other != node && !IsDatabase(other)).Select(
                other => (other.Name, Network.Peer(other.Index, Http, HttpPort)))),
    ];

    /// <inheritdoc/>
    protected override async Task<bool> IsReady(EngineNode node, CancellationToken cancellation)
    {
        if (IsDatabase(node))
        {
            await using var connection = new NpgsqlConnection(PostgresServer.At(
                Network.Direct(node.Index, Sql, PostgresServer.Port), s_patience).ConnectionString);
            await connection.OpenAsync(cancellation);
            return true;
        }

        using var http = new HttpClient();
        using var answer = await http.GetAsync(
            new Uri($"http://{Network.Direct(node.Index, Http, HttpPort)}/{plan.Service.ReadyPath}"),
            cancellation);
        // A host that knows no such path is there as well.
        return answer.StatusCode < HttpStatusCode.InternalServerError;
    }

    string DatabaseAsSeenByHosts
    {
        get
        {
            var database = NodeOf(plan.Service.DatabaseHost).Index;
            var settings = PostgresServer.At(
                Network.Peer(database, Sql, PostgresServer.Port), s_patience);
            settings.Pooling = true;
            settings.MaxPoolSize = MostConnections;
            return settings.ConnectionString;
        }
    }

    bool IsDatabase(EngineNode node) => node.Name == plan.Service.DatabaseHost;

    PostgresServer ServerOf(EngineNode node) =>
        new(Place, node.Name, Network.Listen(node.Index, Sql, PostgresServer.Port));
}
