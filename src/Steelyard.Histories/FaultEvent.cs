namespace Steelyard.Histories;

/// <summary>Which end of a fault an event records.</summary>
public enum FaultPhase : byte
{
    /// <summary>It begins.</summary>
    Start,

    /// <summary>It ends.</summary>
    End,

    /// <summary>It has no extent: a clock jump, a node that stopped for good.</summary>
    Instant,
}

/// <summary>A fault's start or end, as it happened: the nemesis' side of a history.</summary>
public sealed record FaultEvent
{
    /// <summary>Kind of the event with which a node that found itself spoilt gave up, for good.</summary>
    public const string Stopped = "stopped";

    /// <summary>Position among all events; set by <see cref="HistoryBuilder.Add"/>.</summary>
    public int Position { get; init; }

    /// <summary>When, in ns of the run.</summary>
    public required long TimeNs { get; init; }

    /// <summary>Start, end or instant.</summary>
    public required FaultPhase Phase { get; init; }

    /// <summary>Partition, crash, pause … : the fault's name in plans, or <see cref="Stopped"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Pairs a start with its end: the fault's place in the plan; -1 where there is none.</summary>
    public int Fault { get; init; } = -1;

    /// <summary>One line for people: <c>n1 n2 | n3 cannot reach each other</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Nodes hit (crashed, paused, skewed …), by name; empty for link faults.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = [];

    /// <summary>The links it cuts, of partitions and of cuts in one direction alike; empty for other
    /// faults.</summary>
    public IReadOnlyList<LinksCut> Cuts { get; init; } = [];

    /// <summary>The nodes of the cluster that a fault which cuts links does not name: they keep all their
    /// links. Empty for other faults.</summary>
    public IReadOnlyList<string> Uncut { get; init; } = [];

    /// <summary>What else its plan says of it, a map by the plan's own words (<c>loses</c>, <c>torn</c>,
    /// <c>loss</c> …), its names resolved; nil where nothing is said.</summary>
    public Value Details { get; init; }

    /// <summary>
    /// Whether the world saw it do anything: a message was lost by it, a write refused, a node that was up
    /// crashed. Null where nobody looked: in recordings of others, and for events that are no faults of a
    /// plan.
    /// </summary>
    public bool? HadEffect { get; init; }
}
