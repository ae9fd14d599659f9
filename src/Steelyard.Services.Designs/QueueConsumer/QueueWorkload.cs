using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>Messages, a few of them poison, and in the end a look at what they did.</summary>
internal sealed class QueueWorkload : IWorkload
{
    /// <summary>The function: sends a message that can be processed.</summary>
    public const string Send = Functions.Send;

    /// <summary>The function: sends one that cannot.</summary>
    public const string SendPoison = "send-poison";

    const double PoisonShare = 0.02;

    int _messages;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => new(
        turn.Random.Chance(PoisonShare) ? SendPoison : Send, Value.Nil, Value.Map(("id", $"m{++_messages}")));

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) =>
        turn.Client == 0 ? [new(Functions.ReplicaState, "effects", Value.Nil)] : [];
}
