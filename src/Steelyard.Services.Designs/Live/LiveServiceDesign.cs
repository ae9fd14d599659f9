using Steelyard.Live;
using Steelyard.Live.Engines;
using Steelyard.Live.Networks;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Services.Designs.Live;

/// <summary>
/// A service of the services world, live: the same variants, workload, clients, promises and story, and
/// another deployment, in which its hosts are processes that are killed, and its database is PostgreSQL.
/// </summary>
/// <param name="service">The service.</param>
/// <param name="program">Our program, which is a host when it is told to be one.</param>
internal sealed class LiveServiceDesign(ILiveService service, EngineProgram program) : IDesign
{
    const string Variant = "variant";
    const int UsualClients = 30;

    // Processes are started again in it, and clients ask for what they were not answered.
    static readonly TimeSpan s_settle = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => $"live {service.Name}";

    /// <inheritdoc/>
    public string Summary => $"{service.Summary} Real processes on PostgreSQL, killed.";

    /// <inheritdoc/>
    public string Story => service.Story;

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } = [.. service.Options, NetworkChoice.Option];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var rate = options.Common.RatePerSecond ?? service.LiveRatePerSecond;
        var common = options.Common with
        {
            RatePerSecond = rate,
            Clients = options.Common.Clients ?? UsualClients,
        };
        var variant = options.Choice(Variant);
        var simulated = service.Build(new(
            service, common, new Dictionary<string, string>(StringComparer.Ordinal) { [Variant] = variant }));
        var nodes = simulated.Cluster.Nodes;
        var plan = new ServicePlan(
            service, variant, [.. service.SettingsFor(rate)], [.. nodes.Select(node => node.Name)],
            ((ServicesDeployment)simulated.Deployment).CreateClient, program);
        var setup = new EngineSetup(variant, nodes.Count, simulated.Summary)
        {
            Network = NetworkChoice.Of(options), Spare = simulated.Promises.Tolerance.NodesDown,
        };
        return simulated with
        {
            Design = Name,
            Summary = $"{simulated.Summary}, as processes on PostgreSQL",
            Cluster = simulated.Cluster with
            {
                Nodes = [.. nodes.Select(node => node with { Abilities = NodeAbilities.Drain })],
            },
            Deployment = new LiveDeployment { Engine = new ServiceEngine(plan, setup), Setup = setup },
            Load = simulated.Load with { Settle = s_settle },
            Promises = simulated.Promises with
            {
                Tolerance = simulated.Promises.Tolerance with
                {
                    ClockSkew = TimeSpan.Zero, ClockDriftPpm = 0,
                },
            },
        };
    }
}
