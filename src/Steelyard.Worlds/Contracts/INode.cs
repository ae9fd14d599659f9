namespace Steelyard.Worlds.Contracts;

/// <summary>
/// A member of a design, written against its <see cref="INodeWorld"/> alone, so it cannot tell a simulated
/// world from a live one. Handlers run to completion. A crash throws the object away; a fresh one starts from
/// what its disk kept.
/// </summary>
public interface INode
{
    /// <summary>Called once, at birth and after every restart, before any message.</summary>
    void Start();

    /// <summary>A message arrived.</summary>
    /// <param name="from">Where it came from; a reply goes there.</param>
    /// <param name="message">The message.</param>
    void Receive(NodeId from, Message message);
}

/// <summary>A node that stands before another one and sees its messages first. Whatever else a node may be
/// (its group's leader, say) is asked of the inner one.</summary>
public interface IOuterNode : INode
{
    /// <summary>The one behind it.</summary>
    INode Inner { get; }
}

/// <summary>A node that can be stopped in good order; one that cannot is just stopped.</summary>
public interface IDrainingNode
{
    /// <summary>Takes nothing new, and finishes what is open.</summary>
    /// <param name="finished">To be called, in a handler or timer of the node's, when it may go down.</param>
    void Drain(Action finished);
}

/// <summary>A node that can be its group's leader: fault plans may aim at <c>leader</c>.</summary>
public interface ILeaderRole
{
    /// <summary>True while this node believes that it leads.</summary>
    bool IsLeader { get; }
}

/// <summary>
/// A node gives up on purpose: it found that what it had saved is lost or spoilt, and to go on would be to
/// lie. It stays down for the rest of the run, which goes on without it; that is no bug of the design but its
/// last defence.
/// </summary>
/// <param name="reason">What it found, in a few words.</param>
public sealed class NodeStoppedException(string reason) : Exception(reason)
{
    /// <summary>True where nothing is spoilt and only its process ended: the end of the next fault that takes
    /// it down starts it again.</summary>
    public bool MayStartAgain { get; init; }
}

/// <summary>A node was handed a message it has no handler for: a bug of the design.</summary>
public sealed class UnexpectedMessageException(NodeId self, NodeId from, Message message)
    : Exception($"node {self} has no handler for {message.GetType().Name} from {from}");
