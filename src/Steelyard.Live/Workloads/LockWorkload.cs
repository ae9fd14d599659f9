using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>Each client in turn asks for one lock and gives it back.</summary>
internal sealed class LockWorkload : IWorkload
{
    const string Lock = "l";

    readonly HashSet<int> _asked = [];

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        if (_asked.Add(turn.Client))
            return new("acquire", Lock, Value.Nil);
        _asked.Remove(turn.Client);
        return new("release", Lock, Value.Nil);
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn) => [];
}
