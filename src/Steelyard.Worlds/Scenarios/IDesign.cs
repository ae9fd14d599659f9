namespace Steelyard.Worlds;

/// <summary>A named system: its options, and the scenario they make.</summary>
public interface IDesign
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>One sentence: what it is and what its trade is.</summary>
    string Summary { get; }

    /// <summary>A paragraph for the report: the story its default run tells.</summary>
    string Story { get; }

    /// <summary>Its own options; the common ones (<see cref="CommonOptions"/>) need not be named.</summary>
    IReadOnlyList<DesignOption> Options { get; }

    /// <summary>The scenario of some options.</summary>
    /// <exception cref="Histories.UserMistakeException">They do not fit together (R &gt; N, say).</exception>
    Scenario Build(DesignOptions options);
}

/// <summary>What every design takes; null is the design's own default.</summary>
public sealed record CommonOptions
{
    /// <summary>Servers; at least 1.</summary>
    public int? Nodes { get; init; }

    /// <summary>Clients; at least 1.</summary>
    public int? Clients { get; init; }

    /// <summary>Operations a second; above 0.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>How long operations arrive; above 0.</summary>
    public TimeSpan? Duration { get; init; }
}
