using Steelyard.Live.Engines;
using Steelyard.Live.Engines.Garnet;
using Steelyard.Live.Engines.Postgres;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.Live;

/// <summary>A service as something that is started: PostgreSQL, and a process for each host.</summary>
internal sealed class ServiceEngine(ServicePlan plan, EngineSetup setup) : Engine
{
    /// <inheritdoc/>
    public override string Name => plan.Service.Name;

    /// <inheritdoc/>
    public override string Summary => plan.Service.Summary;

    /// <inheritdoc/>
    public override string Story => plan.Service.Story;

    /// <inheritdoc/>
    public override IReadOnlyList<EngineProgram> Programs { get; } =
    [
        PostgresEngine.ProgramNamed("postgres"), PostgresEngine.ProgramNamed("initdb"),
        GarnetEngine.Runtime, plan.Program,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineRelease> Releases => [PostgresEngine.Release];

    /// <inheritdoc/>
    public override IReadOnlyList<EngineSetup> Setups { get; } = [setup];

    // What is asked of it is the service's own to say.
    /// <inheritdoc/>
    public override IReadOnlyList<LiveWorkload> Workloads => [];

    /// <inheritdoc/>
    public override bool TellsPeers => true;

    /// <inheritdoc/>
    public override EngineCluster CreateCluster(EngineSetup setup, ClusterPlace place) =>
        new ServiceCluster(plan, place);

    /// <inheritdoc/>
    public override IClient CreateClient(EngineCluster cluster, ClientSeat seat) =>
        new ServiceClient((ServiceCluster)cluster, seat);
}
