using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture;

/// <summary>A named system that is an architecture: a few options of its own, which choose the mechanism that
/// its story is about, and a push if somebody wants one.</summary>
internal abstract class ArchitectureSystem : IDesign
{
    static readonly IReadOnlyList<Setting<ArchitectureGraph>> s_push = [.. GraphSettings.OfPush];

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public abstract string Summary { get; }

    /// <inheritdoc/>
    public abstract string Story { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options => field ??= [.. OwnOptions, .. s_push.Select(PushOption)];

    /// <inheritdoc/>
    public abstract IReadOnlyList<DesignVariant> ToTry { get; }

    /// <summary>The push that its run shows unless it is told otherwise.</summary>
    protected virtual Push UsualPush { get; } = new();

    /// <summary>Its own options.</summary>
    protected abstract IReadOnlyList<DesignOption> OwnOptions { get; }

    /// <summary>The architecture of some options; name and story are set by this class.</summary>
    protected abstract ArchitectureGraph Graph(DesignOptions options);

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options)
    {
        var graph = Graph(options) with { Name = Name, Story = Story };
        graph = graph with { Push = UsualPush.Within(graph.Duration, options.Common.Duration) };
        foreach (var setting in s_push.Where(setting => options.Given(setting.Key)))
            graph = setting.Read(graph, options.Values[setting.Key]);
        return ArchitectureScenario.Of(CommonSettings.Of(graph, options.Common));
    }

    /// <summary>An option with a duration.</summary>
    protected static DesignOption Time(string name, string usual, string description) =>
        new(name, OptionShape.Duration, usual, description);

    /// <summary>An option with a whole number.</summary>
    protected static DesignOption Count(string name, int usual, string description, int least = 1) =>
        new(name, OptionShape.Count, FormattableString.Invariant($"{usual}"), description)
        {
            Minimum = least,
        };

    DesignOption PushOption(Setting<ArchitectureGraph> setting) =>
        new(setting.Key, setting.Choices.Count > 0 ? OptionShape.Choice : OptionShape.Text,
            setting.Show(s_nothing with { Push = UsualPush }), setting.Meaning)
        {
            Choices = setting.Choices,
            Check = text => _ = setting.Read(s_nothing, text),
        };

    static readonly ArchitectureGraph s_nothing = new("nothing", []);
}
