using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.App.Live;

/// <summary>
/// A simulated design whose data stand in a real engine: the same workload, promises and faults, and another
/// deployment. Its clients are the engine's, which try nothing again.
/// </summary>
/// <param name="design">The design.</param>
internal sealed class DesignOnEngine(IDesign design) : IDesign
{
    /// <summary>The option that says on which engine.</summary>
    public const string On = "on";

    static readonly TimeSpan s_duration = TimeSpan.FromSeconds(20);

    // Links are mended and processes started again in it: engines take seconds to find one another.
    static readonly TimeSpan s_settle = TimeSpan.FromSeconds(6);

    // A real network and disk are not as quick at their worst as simulated ones.
    static readonly TimeSpan s_slo = TimeSpan.FromSeconds(1);

    /// <summary>The simulated design.</summary>
    public IDesign Simulates => design;

    /// <summary>The designs that can stand there.</summary>
    public static IReadOnlyList<DesignOnEngine> Of(IReadOnlyList<IDesign> designs) =>
        [.. designs.Where(design => design.Name is "bank" or "register")
            .Select(design => new DesignOnEngine(design))];

    /// <inheritdoc/>
    public string Name => $"live {design.Name}";

    /// <inheritdoc/>
    public string Summary => $"{design.Name}, the simulated design's workload and promises, on a real engine";

    /// <inheritdoc/>
    public string Story =>
        $"What the simulated {design.Name} is asked, and what it promises, of a real engine. For the middle"
        + " third of the run the first node is cut off from the others, and its clients with it; a server"
        + " that stands alone is killed, and comes back.";

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; } =
    [
        DesignOption.Choice(
            On, "Where its data stand: "
                + string.Join("; ", EnginePlace.All.Select(place => $"{place.Name} ({place.Summary})")),
            [.. EnginePlace.All.Select(place => place.Name)]),
        NetworkChoice.Option,
    ];

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var place = EnginePlace.All.First(place => place.Name == options.Choice(On));
        var deployment = place.Deployment(NetworkChoice.Of(options));
        var setup = deployment.Setup;
        if (options.Common.Nodes is { } nodes && nodes != setup.Nodes)
            throw new UserMistakeException(
                $"--nodes: expected {setup.Nodes}, as many as {place.Name} has, found {nodes}");
        var simulated = Simulated(options.Common, setup.Nodes);
        return EngineFaults.In(simulated with
        {
            Design = Name,
            Summary = $"the {design.Name} in {place.Summary}",
            Deployment = deployment,
            Load = simulated.Load with { Settle = s_settle },
        });
    }

    /// <summary>The simulated scenario of as many nodes, under the same story.</summary>
    /// <param name="common">What every design takes.</param>
    /// <param name="nodes">How many nodes the engine has.</param>
    public Scenario Simulated(CommonOptions common, int nodes)
    {
        var scenario = design.Build(new(design, Filled(common) with { Nodes = nodes }));
        return scenario with
        {
            StoryFaults = new([FirstIsAway(scenario.Cluster.Nodes, scenario.Load.Duration)]),
        };
    }

    /// <summary>What is given to every design, filled with what is usual here.</summary>
    public static CommonOptions Filled(CommonOptions common) =>
        common with { Duration = common.Duration ?? s_duration, Slo = common.Slo ?? s_slo };

    static Fault FirstIsAway(IReadOnlyList<NodeSpec> nodes, TimeSpan duration)
    {
        string[] names = [.. nodes.Select(node => node.Name)];
        return names.Length == 1
            ? new CrashFault { At = duration / 3, For = duration / 3, Nodes = names }
            : new PartitionFault { At = duration / 3, For = duration / 3, Groups = [names[..1], names[1..]] };
    }
}
