using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Faults;

/// <summary>Refuses scenarios that cannot be run.</summary>
internal static class ScenarioCheck
{
    public static void Check(Scenario scenario)
    {
        var nodes = scenario.Cluster.Nodes;
        Require(nodes.Count > 0, "nodes", "at least 1", nodes.Count);
        Check(scenario.Load);
        Require(
            nodes.DistinctBy(node => node.Name).Count() == nodes.Count, "nodes", "a name of its own for each",
            string.Join(", ", nodes.Take(10).Select(node => node.Name)));
        Require(
            !nodes.Any(node => node.Name == Fault.Leader), "nodes", "names other than leader", Fault.Leader);
    }

    static void Check(OfferedLoad load)
    {
        Require(load.Clients > 0, "clients", "at least 1", load.Clients);
        Require(
            load.RatePerSecond > 0 && double.IsFinite(load.RatePerSecond), "rate",
            "operations a second above 0", load.RatePerSecond);
        Require(
            load.Duration > TimeSpan.Zero && load.Duration < TimeSpan.FromDays(365), "duration",
            "more than 0s and less than a year", Durations.Format(load.Duration));
        Require(load.Settle >= TimeSpan.Zero, "settle", "0s or more", Durations.Format(load.Settle));
    }

    static void Require(bool holds, string what, string expected, object found)
    {
        if (!holds)
            throw new UserMistakeException(
                FormattableString.Invariant($"{what}: expected {expected}, found {found}"));
    }
}
