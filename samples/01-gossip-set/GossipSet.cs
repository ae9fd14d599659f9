using System.Collections.Immutable;
using Steelyard.Worlds.Contracts;

namespace Samples.GossipSets;

/// <summary>A grow-only set that converges by gossip.</summary>
public sealed class GossipSet(INodeWorld world, TimeSpan period) : INode, IShowsState
{
    // Sorted: its order reaches the wire, and hash order is not ours to promise.
    ImmutableSortedSet<long> _elements = [];

    public void Start() => world.SetTimer(period, Gossip);

    public void Receive(NodeId from, Message message)
    {
        switch (message)
        {
            case Add add:
                _elements = _elements.Add(add.Element);
                world.Send(from, new AddOk());
                break;
            case Read:
                world.Send(from, new ReadOk(_elements));
                break;
            case Gossiped gossiped:
                // Union is idempotent, so a late or repeated message is harmless.
                _elements = _elements.Union(gossiped.Elements);
                break;
            default:
                throw new UnexpectedMessageException(world.Self, from, message);
        }
    }

    public void ShowState(StateSheet sheet) => sheet.Add("elements", _elements.Count);

    void Gossip()
    {
        world.Send(world.Random.Choose(world.Peers), new Gossiped(_elements));
        world.SetTimer(period, Gossip);
    }

    sealed record Gossiped(ImmutableSortedSet<long> Elements) : Message
    {
        public override int SizeBytes => EnvelopeBytes + (8 * Elements.Count);
    }
}

/// <summary>Please add an element.</summary>
public sealed record Add(long Element) : Message;

/// <summary>It is added, here at least.</summary>
public sealed record AddOk : Message;

/// <summary>Which elements are there?</summary>
public sealed record Read : Message;

/// <summary>These.</summary>
public sealed record ReadOk(ImmutableSortedSet<long> Elements) : Message
{
    public override int SizeBytes => EnvelopeBytes + (8 * Elements.Count);
}
