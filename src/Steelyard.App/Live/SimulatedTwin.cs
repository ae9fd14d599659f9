using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Live;

/// <summary>The simulated design of one on an engine, under the same story.</summary>
/// <param name="live">The one on an engine.</param>
internal sealed class SimulatedTwin(DesignOnEngine live) : IDesign
{
    /// <inheritdoc/>
    public string Name => live.Simulates.Name;

    /// <inheritdoc/>
    public string Summary => live.Simulates.Summary;

    /// <inheritdoc/>
    public string Story => live.Simulates.Story;

    /// <inheritdoc/>
    public IReadOnlyList<DesignOption> Options => live.Simulates.Options;

    /// <inheritdoc/>
    public Scenario Build(DesignOptions options) =>
        live.Simulated(options.Common, options.Common.Nodes ?? 1);
}
