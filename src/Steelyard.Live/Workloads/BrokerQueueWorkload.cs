using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Puts numbers into one queue, each once, and takes them out as often; at the end every client
/// takes out all that is left.</summary>
/// <param name="queue">The queue.</param>
internal sealed class BrokerQueueWorkload(string queue = "q") : IWorkload
{
    const double EnqueueShare = 0.5;

    long _enqueued;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(EnqueueShare)
        ? new("enqueue", queue, ++_enqueued)
        : new("dequeue", queue, Value.Nil);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new("drain", queue, Value.Nil);
    }
}
