namespace Steelyard.Worlds.Faults;

/// <summary>
/// What a design says it stands. A nemesis told <c>all</c> stays within it; told <c>beyond</c> it goes
/// further, and the design is expected to break. The default is a design that keeps nothing on disk and
/// trusts no clock.
/// </summary>
public sealed record FaultTolerance
{
    /// <summary>Nodes that may be down or paused at once; usually a minority.</summary>
    public int NodesDown { get; init; }

    /// <summary>True when hosts may be drained, alone and one after the other; each counts as down
    /// meanwhile. Services only.</summary>
    public bool Drains { get; init; }

    /// <summary>True when the cluster may be changed while it runs, in any order.</summary>
    public bool Membership { get; init; }

    /// <summary>True when nodes may lose memory and unsynced writes in a crash: the design recovers from its
    /// disk.</summary>
    public bool Amnesia { get; init; }

    /// <summary>True when links may be cut, lossy, doubling and out of order.</summary>
    public bool Network { get; init; } = true;

    /// <summary>True when nodes may be paused or slow.</summary>
    public bool Pauses { get; init; } = true;

    /// <summary>How far wall clocks may be apart; null is without limit (the design never reads
    /// them).</summary>
    public TimeSpan? ClockSkew { get; init; }

    /// <summary>How fast monotonic clocks may drift, in parts per million; null is without limit.</summary>
    public int? ClockDriftPpm { get; init; }

    /// <summary>True when unsynced writes may be torn: records carry checksums.</summary>
    public bool TornWrites { get; init; }

    /// <summary>Nodes whose synced data may be corrupted, over the whole run; usually 0 or a
    /// minority.</summary>
    public int NodesCorrupted { get; init; }

    /// <summary>True when disks may be full or slow.</summary>
    public bool DiskPressure { get; init; }
}
