using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Something that faults take and that adds up where they meet: nodes that are down, parts per million of
/// drift, shares of loss. The check of plans and the budget of the nemesis both judge these sums.
/// </summary>
/// <param name="name">What it is: <c>drift of a clock</c>.</param>
/// <param name="worst">What the costs in force at one moment come to, where they come to most.
/// <see cref="FaultSums"/> has the usual ways; a leader may be any node.</param>
public sealed class FaultResource(string name, Func<IReadOnlyList<FaultCost>, double> worst)
{
    /// <summary>What it is.</summary>
    public string Name => name;

    /// <summary>The most that any world can do; infinite where there is no limit.</summary>
    public double Limit { get; init; } = double.PositiveInfinity;

    /// <summary>The limit in words: <c>less than 500000 parts per million</c>.</summary>
    public string LimitWords { get; init; } = "";

    /// <summary>A sum in words.</summary>
    public Func<double, string> Words { get; init; } = static sum => FormattableString.Invariant($"{sum}");

    /// <summary>What is there before any fault.</summary>
    public Func<Scenario, double> Before { get; init; } = static _ => 0;

    /// <summary>How much of it a tolerance allows; infinite without limit.</summary>
    public Func<FaultTolerance, double> Tolerated { get; init; } = static _ => double.PositiveInfinity;

    /// <summary>What the costs in force at one moment come to, where they come to most.</summary>
    public double Worst(IReadOnlyList<FaultCost> inForce) => worst(inForce);
}
