using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Puts numbers into a queue, each once, and takes them out; all clients drain it at the
/// end.</summary>
/// <param name="queue">Its key.</param>
internal sealed class QueueWorkload(string queue) : IWorkload
{
    long _enqueued;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(0.5)
        ? new("enqueue", queue, ++_enqueued) : new("dequeue", queue, Value.Nil);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new("drain", queue, Value.Nil);
    }
}
