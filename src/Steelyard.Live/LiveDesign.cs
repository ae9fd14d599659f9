using Steelyard.Histories;
using Steelyard.Live.Engines;
using Steelyard.Live.Networks;
using Steelyard.Live.Faults;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live;

/// <summary>An engine as something that can be run: its set-ups and workloads are options.</summary>
/// <param name="engine">The engine.</param>
internal sealed class LiveDesign(Engine engine) : IDesign
{
    const string Config = "config";
    const string Workload = "workload";
    const string Network = "network";

    static readonly TimeSpan s_duration = TimeSpan.FromSeconds(20);

    // Links are mended and processes started again in it: engines take seconds to find one another.
    static readonly TimeSpan s_settle = TimeSpan.FromSeconds(6);

    static readonly DesignOption[] s_network =
    [
        DesignOption.Choice(
            Network, "What cuts links: best (namespaces where this machine lets us, else proxies),"
            + " namespaces, proxies", "best", "namespaces", "proxies"),
    ];

    /// <summary>The engine.</summary>
    public Engine Engine => engine;

    /// <inheritdoc/>
    public string Name => $"live {engine.Name}";

    /// <inheritdoc/>
    public string Summary => engine.Summary;

    /// <inheritdoc/>
    public string Story => engine.Story;

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            Config, "How it is set up: " + List(engine.Setups.Select(setup => (setup.Name, setup.Summary))),
            [.. engine.Setups.Select(setup => setup.Name)]),
        DesignOption.Choice(
            Workload, "What is asked: " + List(engine.Workloads.Select(asked => (asked.Name, asked.Summary))),
            [.. engine.Workloads.Select(workload => workload.Name)]),
        .. engine.Setups.Any(setup => setup.HasNetwork) ? s_network : [],
        .. engine.Options,
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var setup = engine.SetupOf(options.Choice(Config), option => options.Choice(option.Name));
        if (setup.HasNetwork)
            setup = setup with
            {
                Network = Enum.Parse<NetworkKind>(options.Choice(Network), ignoreCase: true),
            };
        if (options.Common.Nodes is { } nodes && nodes != setup.Nodes)
            throw new UserMistakeException(
                $"--nodes: expected {setup.Nodes}, as many as --config {setup.Name} has, found {nodes}");
        var workload = engine.Workloads.First(workload => workload.Name == options.Choice(Workload));
        var clients = options.Common.Clients ?? 6;
        return new()
        {
            Design = Name,
            Summary = $"{setup.Summary}{Where(setup)}; {workload.Summary}",
            Cluster = Topology.Of(("here", setup.Nodes)) with
            {
                Nodes = [.. Enumerable.Range(1, setup.Nodes).Select(
                    number => new NodeSpec($"n{number}", "here") { Abilities = NodeAbilities.Drain })],
            },
            Deployment = new LiveDeployment { Engine = engine, Setup = setup },
            OwnFaults = setup.Standbys.Count > 0 ? [FailoverFault.Defined] : [],
            Load = new()
            {
                CreateWorkload = () => workload.Create(clients),
                Clients = clients,
                RatePerSecond = options.Common.RatePerSecond ?? workload.RatePerSecond,
                Duration = options.Common.Duration ?? s_duration,
                Settle = s_settle,
            },
            Promises = new()
            {
                AnswerLimit = options.Common.Slo ?? TimeSpan.FromSeconds(1),
                Expectations = workload.Expectations(setup),
                Tolerance = new()
                {
                    NodesDown = setup.Spare, Amnesia = true, Drains = true,
                    Network = setup.HasNetwork && setup.Nodes > 1,
                    ClockSkew = TimeSpan.Zero, ClockDriftPpm = 0,
                },
            },
        };
    }

    // Where links are cut by proxies, it is said: they hold back what a kernel would drop.
    static string Where(EngineSetup setup) => setup.Nodes == 1 || !setup.HasNetwork
        || (setup.Network != NetworkKind.Proxies && NamespaceNetwork.WhyNot() is null)
        ? ""
        : setup.Network == NetworkKind.Proxies ? ", on the loopback, links cut by proxies"
        : $", on the loopback, links cut by proxies since {NamespaceNetwork.WhyNot()}";

    static string List(IEnumerable<(string Name, string Summary)> rows) =>
        string.Join("; ", rows.Select(row => $"{row.Name} ({row.Summary})"));
}
