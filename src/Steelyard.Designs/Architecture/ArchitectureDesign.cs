using Steelyard.Designs.Architecture.Settings;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture;

/// <summary>An architecture as a design: whatever can be said of its parts and calls is an option, as
/// <c>--api.workers 8</c> and <c>--api.db.timeout 200ms</c>.</summary>
internal sealed class ArchitectureDesign : IDesign
{
    readonly ArchitectureGraph _graph;
    readonly SortedDictionary<string, Setting<ArchitectureGraph>> _settings = new(StringComparer.Ordinal);

    public ArchitectureDesign(ArchitectureGraph graph)
    {
        _graph = graph;
        foreach (var setting in GraphSettings.Of(graph))
            _settings.Add(setting.Key, setting);
        Options = [.. _settings.Values.Select(Option)];
    }

    /// <inheritdoc/>
    public string Name => _graph.Name;

    /// <inheritdoc/>
    public string Summary => _graph.Summary;

    /// <inheritdoc/>
    public string Story => _graph.Story;

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options { get; }

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var graph = options.Values.Where(pair => options.Given(pair.Key)).Aggregate(
            _graph, (built, pair) => _settings[pair.Key].Read(built, pair.Value));
        return ArchitectureScenario.Of(CommonSettings.Of(graph, options.Common));
    }

    DesignOption Option(Setting<ArchitectureGraph> setting) =>
        new(setting.Key, OptionShape.Text, setting.Show(_graph), $"{setting.Meaning}: {setting.Shape}")
        {
            Check = text => _ = setting.Read(_graph, text),
        };
}

/// <summary>What every design takes, said of an architecture.</summary>
internal static class CommonSettings
{
    /// <summary>The same under the common options.</summary>
    /// <exception cref="UserMistakeException">One of them says nothing of an architecture, or not of this
    /// one.</exception>
    public static ArchitectureGraph Of(ArchitectureGraph graph, CommonOptions common)
    {
        if (common.Nodes is { } nodes)
            throw new UserMistakeException(
                $"--nodes: expected --<part>.instances of an architecture's part, found {nodes}");
        graph = graph with
        {
            Duration = common.Duration ?? graph.Duration,
            Slo = common.Slo ?? graph.Slo,
        };
        var asking = graph.Parts.OfType<Parts.ClientsPart>().ToList();
        if (common.RatePerSecond is { } rate)
            graph = graph.With(Only("rate", asking.Where(one => one.Rate is not null)) with { Rate = rate });
        if (common.Clients is { } clients)
            graph = graph.With(Only("clients", asking.Where(one =>
                one.Users is not null)) with { Users = clients });
        return graph;
    }

    static Parts.ClientsPart Only(string option, IEnumerable<Parts.ClientsPart> asking) =>
        asking.ToList() is [var one] ? one : throw new UserMistakeException(
            $"--{option}: expected an architecture with one {(option == "rate" ? "open" : "closed")}"
                + $" population"
            + $", found {asking.Count()}");
}
