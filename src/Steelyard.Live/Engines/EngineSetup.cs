using Steelyard.Live.Networks;

namespace Steelyard.Live.Engines;

/// <summary>One way to set an engine up.</summary>
/// <param name="Name">Its name, for <c>--config</c>.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Summary">One line: who does what.</param>
internal sealed record EngineSetup(string Name, int Nodes, string Summary)
{
    /// <summary>How many of its nodes may be down while it serves.</summary>
    public int Spare { get; init; } = (Nodes - 1) / 2;

    /// <summary>Whether its nodes reach one another over a network; false where they share a file.</summary>
    public bool HasNetwork { get; init; } = true;

    /// <summary>Whether there are links between its nodes.</summary>
    public bool HasLinks => HasNetwork && Nodes > 1;

    /// <summary>Whether links are cut in network namespaces or by proxies.</summary>
    public NetworkKind Network { get; init; } = NetworkKind.Best;

    /// <summary>Whether each node keeps its files on a disk of its own, that can be full and lose
    /// power.</summary>
    public bool HasOwnDisks { get; init; }

    /// <summary>Whether each node reads a clock of its own, that can be set.</summary>
    public bool HasOwnClocks { get; init; }

    /// <summary>The nodes that can take the primary's place when somebody tells them to; none where there is
    /// no such thing, or where they agree on it by themselves.</summary>
    public IReadOnlyList<string> Standbys { get; init; } = [];

    /// <summary>Whether the first primary can take its place again, once it has come back as a
    /// standby.</summary>
    public bool Returns { get; init; }

    /// <summary>Where it comes from.</summary>
    public EngineSource Source { get; init; } = EngineSource.Packages;

    /// <summary>Whatever else was chosen of the engine's options, by name.</summary>
    public IReadOnlyDictionary<string, string> Chosen { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);
}
