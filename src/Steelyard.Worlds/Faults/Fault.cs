namespace Steelyard.Worlds;

/// <summary>
/// Something that breaks, as data: recorded with the run, editable, replayable, shrinkable. Nodes are named;
/// the name <c>leader</c> stands for whoever leads when the fault begins.
/// </summary>
public abstract record Fault
{
    /// <summary>The name <c>leader</c> in place of a node's.</summary>
    public const string Leader = "leader";

    /// <summary>When it begins, from the start of the run.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>How long it lasts; null is until the heal phase. Ignored by faults without extent.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Its name in plans and histories.</summary>
    public abstract string Kind { get; }

    /// <summary>False for a fault without extent, such as a clock's jump.</summary>
    public virtual bool HasExtent => true;
}

/// <summary>Cuts every link between nodes of different groups, both ways; nodes in no group keep all their
/// links (a bridge). Messages on a cut link are lost. Clients are cut off with the node they stand
/// beside.</summary>
public sealed record PartitionFault : Fault
{
    /// <summary>Two groups or more, disjoint.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Groups { get; init; }

    /// <inheritdoc/>
    public override string Kind => "partition";
}

/// <summary>Cuts directed links: from each node of one list to each of the other.</summary>
public sealed record CutFault : Fault
{
    /// <summary>Whose messages are lost.</summary>
    public required IReadOnlyList<string> From { get; init; }

    /// <summary>On their way to whom.</summary>
    public required IReadOnlyList<string> To { get; init; }

    /// <inheritdoc/>
    public override string Kind => "cut";
}

/// <summary>Makes directed links bad without cutting them.</summary>
public sealed record LinkFault : Fault
{
    /// <summary>Senders; empty is everybody.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Receivers; empty is everybody.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Added share of messages lost, in [0, 1].</summary>
    public double Loss { get; init; }

    /// <summary>Added share delivered twice, in [0, 1].</summary>
    public double Duplication { get; init; }

    /// <summary>Added share that overtakes, in [0, 1].</summary>
    public double Reordering { get; init; }

    /// <summary>Latency is multiplied by this, at least 1; where several such faults meet, by the
    /// largest.</summary>
    public double Slowdown { get; init; } = 1;

    /// <inheritdoc/>
    public override string Kind => "link";
}

/// <summary>Stops nodes at once; they start again when the fault ends. Messages meanwhile are lost.</summary>
public sealed record CrashFault : Fault
{
    /// <summary>Who crashes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>What a node comes back with.</summary>
    public CrashLoss Loses { get; init; } = CrashLoss.Memory;

    /// <summary>True when unsynced writes are torn (a random part of their bytes kept) instead of dropped
    /// whole.</summary>
    public bool Torn { get; init; }

    /// <inheritdoc/>
    public override string Kind => "crash";
}

/// <summary>What a crash takes.</summary>
public enum CrashLoss : byte
{
    /// <summary>Nothing but time and messages: the process comes back with its memory (a crash without
    /// amnesia).</summary>
    Nothing,

    /// <summary>Memory, and what the disk had not synced (a crash with amnesia).</summary>
    Memory,

    /// <summary>Memory and the whole disk.</summary>
    Disk,
}

/// <summary>
/// Stops hosts of services as SIGTERM does: they take no more connections, finish what is open within their
/// shutdown timeout, and go down with their disk as they left it. They start again when the fault ends, or,
/// where they are not done by then, as soon as they are. Without an end it is a scale-in; begun at 0s, a host
/// that joins later; one host after the other with a next version, a rolling deploy.
/// </summary>
public sealed record DrainFault : Fault
{
    /// <summary>Who is stopped.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The version that starts afterwards, from 1 up; null is the same as before.</summary>
    public int? Version { get; init; }

    /// <inheritdoc/>
    public override string Kind => "drain";
}

/// <summary>Holds nodes still; messages and timers wait and are handled when the fault ends. Not a
/// partition.</summary>
public sealed record PauseFault : Fault
{
    /// <summary>Who is paused.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <inheritdoc/>
    public override string Kind => "pause";
}

/// <summary>Makes nodes slow: each message costs its processor this much more.</summary>
public sealed record SlowFault : Fault
{
    /// <summary>Who is slow.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Added processor time a message.</summary>
    public required TimeSpan PerMessage { get; init; }

    /// <inheritdoc/>
    public override string Kind => "slow";
}

/// <summary>Moves wall clocks at once, and for good.</summary>
public sealed record ClockJumpFault : Fault
{
    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>By how much; negative is back.</summary>
    public required TimeSpan By { get; init; }

    /// <inheritdoc/>
    public override string Kind => "clock-jump";

    /// <inheritdoc/>
    public override bool HasExtent => false;
}

/// <summary>Makes clocks run fast or slow, the monotonic ones too.</summary>
public sealed record ClockDriftFault : Fault
{
    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Parts per million; negative is slow.</summary>
    public required int PartsPerMillion { get; init; }

    /// <inheritdoc/>
    public override string Kind => "clock-drift";
}

/// <summary>Troubles of disks.</summary>
public sealed record DiskFault : Fault
{
    /// <summary>Whose.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Which trouble.</summary>
    public required DiskTrouble Trouble { get; init; }

    /// <inheritdoc/>
    public override string Kind => "disk";

    /// <inheritdoc/>
    public override bool HasExtent => Trouble is DiskTrouble.Full or DiskTrouble.Slow;
}

/// <summary>What happens to a disk.</summary>
public enum DiskTrouble : byte
{
    /// <summary>No room: writes are refused while it lasts.</summary>
    Full,

    /// <summary>Syncs take a hundred times as long while it lasts.</summary>
    Slow,

    /// <summary>Some bits of one file flip, at once, in what was synced.</summary>
    Corrupt,

    /// <summary>The next write lands at another place of its file.</summary>
    Misdirect,
}
