using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Requests;

/// <summary>
/// A node that handles each message of a client at most once, and remembers what it said: a copy that the
/// network made is given the first one's reply, or none while there is none. So a refusal is a last word: no
/// other copy of what was refused can be carried out later, when this node leads, or has heard from everybody
/// again.
/// </summary>
/// <remarks>
/// Birrell and Nelson 1984 ("Implementing remote procedure calls", section 3.3): the caller numbers its
/// calls, here by the address it awaits the reply at, and the callee keeps the last number of each caller.
/// What is kept is lost in a crash; so a write names the life of the node that it is meant for, and the next
/// life refuses it. Reads change nothing: they pass.
/// </remarks>
internal sealed class AtMostOnce : IOuterNode
{
    readonly INodeWorld _world;
    readonly Predicate<string> _isRead;
    readonly long _life;

    // The last call of each client, by the client's place in the world: it makes one at a time.
    readonly Dictionary<int, LastCall> _calls = [];

    /// <summary>Makes a node.</summary>
    /// <param name="world">Its world.</param>
    /// <param name="isRead">Which functions change nothing.</param>
    /// <param name="create">Makes what handles the requests.</param>
    public AtMostOnce(INodeWorld world, Predicate<string> isRead, Func<INodeWorld, INode> create)
    {
        _world = world;
        _isRead = isRead;
        // Not 0, which is no life.
        _life = (long)(world.Random.NextBits() >> 1) + 1;
        Inner = create(new RememberingWorld(world, this));
    }

    /// <inheritdoc/>
    public INode Inner { get; }

    /// <inheritdoc/>
    public void Start() => Inner.Start();

    /// <inheritdoc/>
    public void Receive(NodeId from, Message message)
    {
        if (message is not IForOneLife write || ChangesNothing(message))
            Inner.Receive(from, message);
        else if (write.Life != _life)
            _world.Send(from, new NewHere(_life));
        else
            ReceiveOnce(from, message);
    }

    bool ChangesNothing(Message message) => message is Request { Command.Function: var function }
        && (function == Functions.ReplicaState || _isRead(function));

    void ReceiveOnce(NodeId from, Message request)
    {
        if (!_calls.TryGetValue(from.Index, out var last))
            _calls.Add(from.Index, last = new());
        if (from.Call > last.Call)
        {
            (last.Call, last.Reply) = (from.Call, null);
            Inner.Receive(from, request);
        }
        else if (from.Call == last.Call && last.Reply is { } reply)
            _world.Send(from, reply);
    }

    void Remember(NodeId to, Message reply)
    {
        if (_calls.TryGetValue(to.Index, out var last) && last.Call == to.Call)
            last.Reply ??= reply;
    }

    sealed class LastCall
    {
        public int Call { get; set; }

        public Message? Reply { get; set; }
    }

    // The world as the node sees it, but for the replies, which are remembered on their way out.
    sealed class RememberingWorld(INodeWorld world, AtMostOnce memory) : INodeWorld
    {
        public NodeId Self => world.Self;

        public string Name => world.Name;

        public int Version => world.Version;

        public IReadOnlyList<NodeId> Nodes => world.Nodes;

        public IReadOnlyList<NodeId> Peers => world.Peers;

        public TimeProvider Clock => world.Clock;

        public SeededRandom Random => world.Random;

        public IDisk Disk => world.Disk;

        public bool IsOver => world.IsOver;

        public bool IsTraced => world.IsTraced;

        public string SiteOf(NodeId node) => world.SiteOf(node);

        public void Send(NodeId to, Message message)
        {
            if (to.Call != 0)
                memory.Remember(to, message);
            world.Send(to, message);
        }

        public ValueTask<Message?> Call(NodeId to, Message request, TimeSpan timeout) =>
            world.Call(to, request, timeout);

        public ValueTask Delay(TimeSpan duration) => world.Delay(duration);

        public TimerId SetTimer(TimeSpan after, Action action) => world.SetTimer(after, action);

        public void CancelTimer(TimerId timer) => world.CancelTimer(timer);

        public void Trace(string text) => world.Trace(text);
    }
}
