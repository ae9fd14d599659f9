using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Sql;

/// <summary>Adds a little to one counter, and reads it as often.</summary>
internal sealed class CounterWorkload : IWorkload
{
    const int Most = 5;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn) => turn.Random.Chance(0.5)
        ? new("add", SqlTables.Counter, turn.Random.Next(1, Most + 1))
        : Read;

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return Read;
    }

    static Invocation Read { get; } = new(Functions.Read, SqlTables.Counter, Value.Nil);
}
