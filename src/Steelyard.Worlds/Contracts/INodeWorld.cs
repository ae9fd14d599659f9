namespace Steelyard.Worlds.Contracts;

/// <summary>What nodes and clients share of their world: addresses, time, randomness, calls.</summary>
/// <remarks>
/// The network is one of datagrams, without connections. A message arrives unchanged at the address it was
/// sent to, or not at all; its sender is never told. As the links say (<see cref="Topology"/>, and faults),
/// it may be lost, come late, come twice, and come after messages that were sent later. A copy may be on its
/// way for any time: a crash of its receiver does not end it, and the receiver's next life gets it. Only a
/// cut link loses what is on it.
/// </remarks>
public interface IEndpointWorld
{
    /// <summary>The own address.</summary>
    NodeId Self { get; }

    /// <summary>All servers of the design, in order of index; clients are not among them.</summary>
    IReadOnlyList<NodeId> Nodes { get; }

    /// <summary>
    /// The own clock: <see cref="TimeProvider.GetUtcNow"/> is the wall clock, with its skew, drift and jumps;
    /// <see cref="TimeProvider.GetTimestamp"/> is monotonic and only drifts. Timers run on the monotonic one.
    /// </summary>
    TimeProvider Clock { get; }

    /// <summary>The own stream of randomness.</summary>
    SeededRandom Random { get; }

    /// <summary>The site (data centre) a node or client stands in.</summary>
    string SiteOf(NodeId node);

    /// <summary>Sends and forgets: it may be lost, late, doubled or out of order.</summary>
    void Send(NodeId to, Message message);

    /// <summary>
    /// Sends a request and waits for the first message sent back to this call. The request may be handled
    /// never, once or twice, before or after the wait is over; a second reply, or a late one, reaches nobody.
    /// So neither silence nor a refusal says that it has no effect: Fail is honest only where no copy can
    /// have any more, since whoever refused it remembers that. Each call has an address of its own, and those
    /// of one endpoint grow.
    /// </summary>
    /// <returns>The reply, or null when none came within <paramref name="timeout"/>.</returns>
    ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout);

    /// <summary>Waits by the own monotonic clock.</summary>
    ValueTask Delay(TimeSpan duration);

    /// <summary>Runs an action later, by the own monotonic clock; lost with a crash.</summary>
    TimerId SetTimer(TimeSpan after, Action action);

    /// <summary>Cancels a timer; one that fired or was cancelled is no error.</summary>
    void CancelTimer(TimerId timer);

    /// <summary>True once a crash (or a client's retirement) ended the life this handle belongs to: it does
    /// nothing any more, whatever it is asked.</summary>
    bool IsOver { get; }

    /// <summary>True while somebody reads the trace; build its texts only then.</summary>
    bool IsTraced { get; }

    /// <summary>A line for the trace: a change of role or term, a decision. Never judged.</summary>
    void Trace(string text);
}

/// <summary>All a node may touch.</summary>
public interface INodeWorld : IEndpointWorld
{
    /// <summary>The own name in the topology.</summary>
    string Name { get; }

    /// <summary>Which version of the own code this life runs, from 1 up; see
    /// <see cref="NodeSpec.Versions"/>.</summary>
    int Version => 1;

    /// <summary>All servers but this one.</summary>
    IReadOnlyList<NodeId> Peers { get; }

    /// <summary>The own disk; it outlives crashes.</summary>
    IDisk Disk { get; }
}

/// <summary>A timer that was set; <see langword="default"/> is no timer, and cancelling it does
/// nothing.</summary>
public readonly record struct TimerId(long Number);
