using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>A scenario that somebody made without a design: it takes no options of its own, and the load can
/// be changed.</summary>
internal sealed class ScenarioDesign : IDesign
{
    readonly Func<Scenario> _create;

    /// <summary>Makes it once, for its name.</summary>
    public ScenarioDesign(Func<Scenario> create)
    {
        _create = create;
        var scenario = create();
        (Name, Summary) = (scenario.Design, scenario.Summary);
    }

    public string Name { get; }

    public string Summary { get; }

    public string Story => Summary;

    public IReadOnlyList<DesignOption> Options => [];

    public Scenario Build(DesignOptions options)
    {
        var scenario = _create();
        var (common, load) = (options.Common, scenario.Load);
        if (common.Nodes is { } nodes && nodes != scenario.Cluster.Nodes.Count)
            throw new UserMistakeException(
                $"--nodes: {Name} is one scenario of {scenario.Cluster.Nodes.Count} nodes, found {nodes}");
        return scenario with
        {
            Load = load with
            {
                Clients = common.Clients ?? load.Clients,
                RatePerSecond = common.RatePerSecond ?? load.RatePerSecond,
                Duration = common.Duration ?? load.Duration,
            },
            Promises = scenario.Promises with
            {
                AnswerLimit = common.Slo ?? scenario.Promises.AnswerLimit,
            },
        };
    }
}
