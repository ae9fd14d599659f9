using Steelyard.Histories;
using Steelyard.Services.Scenarios;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Specs;

/// <summary>A scenario that somebody made without a design: it takes no options of its own, and the load can
/// be changed.</summary>
/// <param name="name">Its name.</param>
/// <param name="summary">One sentence on it.</param>
/// <param name="create">Makes it, for each run.</param>
internal sealed class ScenarioDesign(string name, string summary, Func<Scenario> create) : IDesign
{
    /// <summary>Makes it once, for its name.</summary>
    public static ScenarioDesign Of(Func<Scenario> create)
    {
        var scenario = create();
        return new(scenario.Design, scenario.Summary, create);
    }

    /// <summary>Whether it is one of services, from a user's assembly.</summary>
    public bool IsOfServices => Services is not null;

    /// <summary>What puts it together, where it is one of services.</summary>
    public Action<ServicesWorld>? Services { get; init; }

    public string Name => name;

    public string Summary => summary;

    public string Story => Summary;

    public IReadOnlyList<DesignOption> Options => [];

    public Scenario Build(DesignOptions options)
    {
        var scenario = create();
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
