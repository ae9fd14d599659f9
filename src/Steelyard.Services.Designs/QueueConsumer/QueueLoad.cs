using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Services.Designs.QueueConsumer.Api;
using Steelyard.Services.Designs.QueueConsumer.Variants;
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

/// <summary>
/// A sender: asks again under the id of its message until it is answered. The reader at the end waits for the
/// queue to be empty, though not for ever.
/// </summary>
internal sealed class QueueClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, [QueueScenario.BrokerHost])
{
    const int MostLooks = 10;

    int _looks;

    /// <inheritdoc/>
    protected override Task<Completion?> Ask(
        string server, Invocation invocation, CancellationToken cancellation) =>
        invocation.Function == Functions.ReplicaState
            ? Look(server, cancellation)
            : Send(server, invocation, cancellation);

    async Task<Completion?> Send(string server, Invocation invocation, CancellationToken cancellation)
    {
        var poison = invocation.Function == QueueWorkload.SendPoison ? "true" : "false";
        var address = $"{server}/messages/{invocation.Input["id"].AsText}?poison={poison}";
        return await Do(HttpMethod.Put, address, cancellation) is null ? null : Completion.Ok(Value.Nil);
    }

    async Task<Completion?> Look(string server, CancellationToken cancellation)
    {
        var queue = await Send<QueueState>(HttpMethod.Get, $"{server}/queue", cancellation);
        if (queue is null || (queue.Waiting > 0 && ++_looks < MostLooks))
            return null;
        var consumer = QueueScenario.Consumers[_looks % QueueScenario.Consumers.Count];
        return await Get<EffectsState>(
            $"{consumer}/effects",
            state => Value.Map(("applied", ListOf(state.Applied)), ("dead", ListOf(queue.Dead))),
            cancellation);
    }
}
