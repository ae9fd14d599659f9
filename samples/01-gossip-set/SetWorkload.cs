using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Samples.GossipSets;

/// <summary>Adds 1, 2, 3 …, reads now and then, and at last reads every replica.</summary>
public sealed class SetWorkload : IWorkload
{
    long _next;

    public Invocation Next(in Turn turn) => turn.Random.Chance(0.2)
        ? new("read", Value.Nil, Value.Nil)
        : new("add", Value.Nil, ++_next);

    public IEnumerable<Invocation> FinalReads(Turn turn) => turn.Client > 0
        ? []
        : turn.Nodes.Select(node => new Invocation(Functions.ReplicaState, Value.Nil, Value.Nil, node));
}
