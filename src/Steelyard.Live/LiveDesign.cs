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

    static readonly TimeSpan s_duration = TimeSpan.FromSeconds(20);

    // Links are mended and processes started again in it: engines take seconds to find one another.
    static readonly TimeSpan s_settle = TimeSpan.FromSeconds(6);

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
        .. engine.Setups.Any(setup => setup.HasNetwork) ? [NetworkChoice.Option] : (DesignOption[])[],
        .. engine.Options,
        .. new SourceOptions(engine).All,
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var setup = new SourceOptions(engine).Of(
            engine.SetupOf(options.Choice(Config), option => options.Choice(option.Name)), options);
        if (setup.HasNetwork)
            setup = setup with { Network = NetworkChoice.Of(options) };
        if (options.Common.Nodes is { } nodes && nodes != setup.Nodes)
            throw new UserMistakeException(
                $"--nodes: expected {setup.Nodes}, as many as --config {setup.Name} has, found {nodes}");
        var workload = engine.Workloads.First(workload => workload.Name == options.Choice(Workload));
        var clients = options.Common.Clients ?? 6;
        return EngineFaults.In(new()
        {
            Design = Name,
            Summary = $"{setup.Summary}{Where(setup)}; {workload.Summary}",
            Cluster = Topology.Of(("here", setup.Nodes)) with
            {
                Nodes = [.. PlacesOf(setup).Select(name => new NodeSpec(name, "here"))],
            },
            Deployment = new LiveDeployment { Engine = engine, Setup = setup },
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
                SuccessFloor = workload.SuccessFloor,
            },
        });
    }

    // Clients of an engine that is not ours stand in a place of their own, so that they can be cut off.
    static IEnumerable<string> PlacesOf(EngineSetup setup) =>
    [
        .. Enumerable.Range(1, setup.Nodes).Select(number => $"n{number}"),
        .. setup.Source.IsElsewhere ? [ElsewhereNetwork.Clients] : Array.Empty<string>(),
    ];

    // Where links are cut by proxies, it is said: they hold back what a kernel would drop.
    static string Where(EngineSetup setup) => setup.Source.IsElsewhere
        ? $", at {string.Join(", ", setup.Source.Addresses)}, not ours, links of clients cut by proxies"
        : !setup.HasLinks
        || (setup.Network != NetworkKind.Proxies && NamespaceNetwork.WhyNot() is null)
        ? ""
        : setup.Network == NetworkKind.Proxies ? ", on the loopback, links cut by proxies"
        : $", on the loopback, links cut by proxies since {NamespaceNetwork.WhyNot()}";

    static string List(IEnumerable<(string Name, string Summary)> rows) =>
        string.Join("; ", rows.Select(row => $"{row.Name} ({row.Summary})"));
}
