using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

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

    /// <summary>What to try next, the wrong turns first: each shows what its mechanism is worth.</summary>
    IReadOnlyList<DesignVariant> ToTry => [];

    /// <summary>What is known of a variant before anybody runs it; null where nobody says.</summary>
    KnownGuarantee? KnownOf(DesignOptions options) => null;

    /// <summary>The scenario of some options.</summary>
    /// <exception cref="UserMistakeException">They do not fit together (R &gt; N, say).</exception>
    Scenario Build(DesignOptions options);
}

/// <summary>What every design takes; null is the design's own default.</summary>
public sealed record CommonOptions
{
    /// <summary>The most servers: ten times what a run is made for.</summary>
    public const int MostNodes = 100_000;

    /// <summary>The most clients.</summary>
    public const int MostClients = 1_000_000;

    /// <summary>The most operations a second: one each microsecond.</summary>
    public const double MostPerSecond = 1_000_000;

    /// <summary>Servers; at least 1, at most <see cref="MostNodes"/>.</summary>
    public int? Nodes { get; init; }

    /// <summary>Clients; at least 1, at most <see cref="MostClients"/>.</summary>
    public int? Clients { get; init; }

    /// <summary>Operations a second; above 0, at most <see cref="MostPerSecond"/>.</summary>
    public double? RatePerSecond { get; init; }

    /// <summary>How long operations arrive; above 0.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>How soon after it is due a request must be answered to count as available; above 0.</summary>
    public TimeSpan? Slo { get; init; }

    /// <summary>What its measurements must be, besides what the design promises.</summary>
    public IReadOnlyList<MeasuredLimit> Expect { get; init; } = [];

    /// <summary>Looks whether each is within its bounds.</summary>
    /// <exception cref="UserMistakeException">One is not.</exception>
    internal void MustFit()
    {
        MustLie("nodes", Nodes, 1, MostNodes);
        MustLie("clients", Clients, 1, MostClients);
        MustLie("rate", RatePerSecond, double.Epsilon, MostPerSecond);
    }

    static void MustLie(string name, double? found, double least, double most)
    {
        if (found is { } value && !(value >= least && value <= most))
            throw new UserMistakeException(
                $"--{name}: expected {(least < 1 ? "more than 0" : "at least 1")} and at most {most:N0},"
                + $" found {value:R}");
    }
}
