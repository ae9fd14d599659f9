using Steelyard.Designs.Architecture.Settings;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs.Architecture.Faults;

/// <summary>What an architecture says it stands: faults that are drawn for it stay within that.</summary>
internal sealed record ToleratedFaults
{
    /// <summary>How many instances may be down or away at once, of parts that have others.</summary>
    public int Down { get; init; } = 1;

    /// <summary>True when the only instance of a part may be down too.</summary>
    public bool Alone { get; init; }

    /// <summary>True when calls between parts may be lost or slow.</summary>
    public bool Links { get; init; } = true;

    /// <summary>True when instances may be slow, refuse, lose what they cache, or be deployed anew.</summary>
    public bool Degraded { get; init; } = true;

    /// <summary>What can be said of it.</summary>
    internal static IReadOnlyList<Setting<ToleratedFaults>> Settings { get; } =
    [
        SettingsOf<ToleratedFaults>.Count("down", "instances that may be down or away at once",
            t => t.Down, (t, v) => t with { Down = v }, least: 0),
        SettingsOf<ToleratedFaults>.Flag("alone", "the only instance of a part may be, too",
            t => t.Alone, (t, v) => t with { Alone = v }),
        SettingsOf<ToleratedFaults>.Flag("links", "calls between parts may be lost or slow",
            t => t.Links, (t, v) => t with { Links = v }),
        SettingsOf<ToleratedFaults>.Flag(
            "degraded", "instances may be slow, refuse, lose what they cache, or be deployed anew",
            t => t.Degraded, (t, v) => t with { Degraded = v }),
    ];

    /// <summary>The same, for a nemesis: what it draws is an architecture's own
    /// (<see cref="ArchitectureDraws"/>).</summary>
    internal FaultTolerance ForNemesis => new()
    {
        NodesDown = Down, Network = Links, Pauses = Degraded, Amnesia = true,
    };
}
