using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>The kinds of faults there are: one row each.</summary>
public static class FaultKinds
{
    /// <summary>All that every world knows, in the order in which they are listed.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        PartitionFault.Defined, CutFault.Defined, CrashFault.Defined, PauseFault.Defined, SlowFault.Defined,
        ClockJumpFault.Defined, ClockDriftFault.Defined, DiskFault.Defined, LinkFault.Defined,
        DrainFault.Defined, MembershipFault.Defined,
    ];

    /// <summary>All that a scenario can have: those, and its own.</summary>
    public static IReadOnlyList<FaultKind> Of(Scenario scenario) => [.. All, .. scenario.OwnFaults];

    /// <summary>The kind of a name; null when there is none, or none of ours.</summary>
    public static FaultKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}
