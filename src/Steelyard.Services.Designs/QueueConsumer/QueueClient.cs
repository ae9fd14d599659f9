using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Designs.QueueConsumer;

/// <summary>
/// A sender: asks again under the id of its message until it is answered. The reader at the end waits for the
/// queue to be empty, though not for ever.
/// </summary>
internal sealed class QueueClient(IClientWorld world, IReadOnlyList<string> hosts)
    : RetryingHttpClient(world, hosts, [QueueWorld.BrokerHost])
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
        var answer = await Put<DoneAnswer>(
            $"http://{server}/messages/{invocation.Input["id"].AsText}?poison={poison}", cancellation);
        return answer is null ? null : Completion.Ok(Value.Nil);
    }

    async Task<Completion?> Look(string server, CancellationToken cancellation)
    {
        var queue = await Get<QueueState>($"http://{server}/queue", cancellation);
        if (queue is null || (queue.Waiting > 0 && ++_looks < MostLooks))
            return null;
        var consumer = QueueWorld.Consumers[_looks % QueueWorld.Consumers.Count];
        var state = await Get<EffectsState>($"http://{consumer}/effects", cancellation);
        return state is null ? null : Completion.Ok(Value.Map(
            ("applied", ListOf(state.Applied)), ("dead", ListOf(queue.Dead))));
    }

    static Value ListOf(IReadOnlyList<string> ids) => Value.List([.. ids.Select(id => (Value)id)]);
}
