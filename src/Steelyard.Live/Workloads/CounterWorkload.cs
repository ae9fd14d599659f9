using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Adds one to a counter, again and again, and reads it now and then and at the end.</summary>
/// <param name="counter">Its key.</param>
internal sealed class CounterWorkload(string counter) : IWorkload
{
    const double ReadShare = 0.3;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(ReadShare)
        ? new(Functions.Read, counter, Value.Nil) : new("add", counter, 1);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Read, counter, Value.Nil);
    }
}
