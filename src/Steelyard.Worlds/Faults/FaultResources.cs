using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>What faults take and what adds up, of the faults that every world knows.</summary>
public static class FaultResources
{
    // Twice this and a clock stands still or runs backwards.
    const double MostDriftPpm = 499_999;

    // Clocks tell years from 1 to 9999, and ns of 292 years fit into a number.
    const double MostMovedSeconds = 100 * 365.0 * 86_400;
    const double MostSecondsPerMessage = 60;

    // More cuts at once than this and nothing happens any more.
    const double MostCutsAtOnce = 2;

    /// <summary>Nodes that are down, held still, or have a spoilt disk.</summary>
    public static FaultResource NodesDown { get; } = new("nodes down", FaultSums.DistinctNodes)
    {
        Tolerated = static tolerance => tolerance.NodesDown,
    };

    /// <summary>Nodes whose synced data is spoilt, over the whole run.</summary>
    public static FaultResource NodesCorrupted { get; } =
        new("nodes with a spoilt disk", FaultSums.DistinctNodes)
        {
            Tolerated = static tolerance => tolerance.NodesCorrupted,
        };

    /// <summary>Parts per million by which a node's clocks run fast or slow.</summary>
    public static FaultResource ClockDrift { get; } = new("drift of a clock", FaultSums.OnOneNode)
    {
        Limit = MostDriftPpm,
        LimitWords = "less than 500000 parts per million",
        Words = static sum => FormattableString.Invariant($"{sum:0}"),
        Tolerated = static tolerance => tolerance.ClockDriftPpm ?? double.PositiveInfinity,
    };

    /// <summary>Seconds by which a node's wall clock is moved, back or forth. Two clocks may be moved apart,
    /// so each has half of what is tolerated.</summary>
    public static FaultResource ClockMoved { get; } = new("offset of a wall clock", FaultSums.OnOneNode)
    {
        Limit = MostMovedSeconds,
        LimitWords = "at most 100 years",
        Words = Seconds,
        Before = static scenario => scenario.Cluster.InitialSkew.TotalSeconds,
        Tolerated = static tolerance => (tolerance.ClockSkew?.TotalSeconds / 2) ?? double.PositiveInfinity,
    };

    /// <summary>Seconds that a node's processor spends on each message.</summary>
    public static FaultResource PerMessage { get; } = new("time a message", FaultSums.OnOneNode)
    {
        Limit = MostSecondsPerMessage,
        LimitWords = "at most 1m a message",
        Words = Seconds,
        Before = static scenario => scenario.Cluster.ProcessingTime.TotalSeconds,
    };

    /// <summary>Share of a link's messages that are lost.</summary>
    public static FaultResource Loss { get; } = OfLink("loss", static topology => topology.Loss);

    /// <summary>Share of a link's messages that are delivered twice.</summary>
    public static FaultResource Duplication { get; } =
        OfLink("duplication", static topology => topology.Duplication);

    /// <summary>Share of a link's messages that are out of order.</summary>
    public static FaultResource Reordering { get; } =
        OfLink("reordering", static topology => topology.Reordering);

    /// <summary>Cuts in force; those that begin together are one.</summary>
    public static FaultResource Cuts { get; } =
        new("cuts at once", static costs => costs.Select(cost => cost.From).Distinct().Count())
        {
            Tolerated = static _ => MostCutsAtOnce,
        };

    static FaultResource OfLink(string name, Func<Topology, double> before) =>
        new($"{name} of a link", FaultSums.OnOneLink)
        {
            Limit = 1,
            LimitWords = "shares that come to at most 1",
            Words = static sum => FormattableString.Invariant($"{sum:0.###}"),
            Before = scenario => before(scenario.Cluster),
        };

    static string Seconds(double seconds) => Durations.Format(TimeSpan.FromSeconds(
        Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)));
}
