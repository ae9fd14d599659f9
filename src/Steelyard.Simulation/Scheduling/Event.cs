using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>What an event does when its time has come.</summary>
internal enum EventKind : byte
{
    /// <summary>A message reaches an endpoint.</summary>
    Deliver,

    /// <summary>A message that waited for the processor of its node is handled.</summary>
    Process,

    /// <summary>A timer of an endpoint fires.</summary>
    Timer,

    /// <summary>A sync of a node's disk is done.</summary>
    Synced,

    /// <summary>A node that was held still handles the next thing it was kept from.</summary>
    Drain,
}

/// <summary>One thing that happens at an endpoint. A struct of 40 bytes: events cost no allocation.</summary>
internal struct Event
{
    /// <summary>The message delivered or the sync done; null for timers.</summary>
    public object? Subject;

    /// <summary>Who sent the message.</summary>
    public NodeId From;

    /// <summary>Whose event it is. For timers, <see cref="NodeId.Call"/> is the timer's slot.</summary>
    public NodeId To;

    /// <summary>When the message was sent (ns), the timer's generation, or the incarnation the event belongs
    /// to.</summary>
    public long Stamp;

    /// <summary>What happens.</summary>
    public EventKind Kind;

    /// <summary>True for the second delivery of a doubled message.</summary>
    public bool IsDuplicate;
}
