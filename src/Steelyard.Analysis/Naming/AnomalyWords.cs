namespace Steelyard.Analysis.Naming;

/// <summary>What an anomaly is called by people, and where it stands: a section of
/// <c>docs/anomalies.md</c>.</summary>
public sealed record AnomalyWords
{
    /// <summary>The name: <c>G-single-item</c>.</summary>
    public required string Name { get; init; }

    /// <summary>A plain name, in small letters: <c>read skew</c>.</summary>
    public required string PlainName { get; init; }

    /// <summary>One plain sentence, with its full stop.</summary>
    public required string Sentence { get; init; }

    /// <summary>The smallest histories that show it, as the page has them; empty where no history of
    /// operations alone does.</summary>
    public required IReadOnlyList<AnomalyExample> Examples { get; init; }

    /// <summary>In which systems it was found, by which reports, in Markdown; null where no public report is
    /// known.</summary>
    public required string? SeenIn { get; init; }

    /// <summary>Where it stands: <c>docs/anomalies.md#g-single-item</c>.</summary>
    public string Place => $"docs/anomalies.md#{Name.ToLowerInvariant()}";

    /// <summary>All of them, in the page's order.</summary>
    public static IReadOnlyList<AnomalyWords> All => AnomalyPage.All;

    /// <summary>Those of an anomaly; null for names that are not ours.</summary>
    /// <param name="name">The type of an <see cref="Histories.Anomaly"/>.</param>
    public static AnomalyWords? Of(string name) => AnomalyPage.Of(name);
}

/// <summary>A small history that shows an anomaly.</summary>
/// <param name="Mark">As what it is judged: <c>list-append</c>, <c>register consistency=pram</c>.</param>
/// <param name="Text">Its lines.</param>
public sealed record AnomalyExample(string Mark, string Text);
