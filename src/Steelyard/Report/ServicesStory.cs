using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Report;

/// <summary>The story of a scenario of a user's own services, which nobody wrote: who there is, what is
/// asked, what breaks, and what was promised.</summary>
internal static class ServicesStory
{
    /// <summary>A paragraph.</summary>
    public static string Of(Scenario scenario)
    {
        var nodes = scenario.Cluster.Nodes;
        var keepers = nodes.Where(node => node.Abilities.HasFlag(NodeAbilities.Disk)).ToList();
        var hosts = nodes.Except(keepers).Select(node => node.Name).ToList();
        var load = scenario.Load;
        var with = keepers.Count > 0 ? $", on {Words(keepers.Select(node => node.Name))}" : "";
        var told = Words(scenario.Promises.Expectations.Select(promise => $"\u201c{promise.Sentence}\u201d"));
        return $"{Words(hosts)} {(hosts.Count == 1 ? "serves" : "serve")}{with}. "
            + FormattableString.Invariant(
                $"{load.Clients:N0} clients ask {load.RatePerSecond:0.##} times a second for ")
            + $"{Durations.Format(load.Duration)}. {WhatBreaks(scenario)}"
            + (told.Length > 0 ? $" Promised: {told}." : " Nothing is promised.");
    }

    static string WhatBreaks(Scenario scenario)
    {
        var drawn = scenario.StoryPalette == FaultPalette.None ? ""
            : $"Each seed draws other faults: {scenario.StoryPalette.Name.Replace(",", ", ",
                StringComparison.Ordinal)}.";
        var planned = scenario.StoryFaults.Faults.Count == 0 ? ""
            : $"Every seed has these: {string.Join("; ", scenario.StoryFaults.Faults.Select(Told))}.";
        return (drawn, planned) switch
        {
            ("", "") => "Nothing is broken on purpose.",
            _ => string.Join(' ', new[] { drawn, planned }.Where(part => part.Length > 0)),
        };
    }

    static string Told(Fault fault) => $"{fault.Describe()}, at {Durations.Format(fault.At)}"
        + (fault.For is { } lasts ? $" for {Durations.Format(lasts)}" : "");

    static string Words(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
