using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Adds numbers to one set, each once; all clients read it whole at the end.</summary>
/// <param name="key">The set's key.</param>
internal sealed class SetWorkload(string key = SetWorkload.Key) : IWorkload
{
    /// <summary>The usual key.</summary>
    public const string Key = "s";

    long _added;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => new("add", key, ++_added);

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(Functions.Read, key, Value.Nil);
    }
}
