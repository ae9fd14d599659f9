using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Adds numbers to one set, each once; all clients read it whole at the end.</summary>
internal sealed class SetWorkload : IWorkload
{
    const string Set = "s";

    long _added;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => new("add", Set, ++_added);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Read, Set, Value.Nil);
    }
}
