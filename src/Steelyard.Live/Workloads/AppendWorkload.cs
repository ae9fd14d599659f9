using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>
/// Transactions of one to four steps, each a read of a list or an append of a number to one, over a few keys
/// that are replaced by fresh ones when they have grown long (Jepsen's <c>append</c>).
/// </summary>
internal sealed class AppendWorkload : IWorkload
{
    const int ActiveKeys = 4;
    const int LongestList = 48;
    const int MostSteps = 4;

    readonly long[] _keys = [.. Enumerable.Range(1, ActiveKeys).Select(key => (long)key)];
    readonly Dictionary<long, long> _lengths = [];
    long _lastKey = ActiveKeys;

    /// <inheritdoc/>
    public Invocation Next(in Turn turn)
    {
        var steps = new Value[turn.Random.Next(1, MostSteps + 1)];
        for (var step = 0; step < steps.Length; step++)
            steps[step] = Step(turn.Random);
        return new(Functions.Txn, Value.Nil, Value.List(steps));
    }

    /// <inheritdoc/>
    public IEnumerable<Invocation> FinalReads(Turn turn)
    {
        yield return new(
            Functions.Txn, Value.Nil, Value.List([.. _keys.Select(key => Value.List("r", key, Value.Nil))]));
    }

    Value Step(SeededRandom random)
    {
        var place = random.Next(ActiveKeys);
        var key = _keys[place];
        if (random.Chance(0.5))
            return Value.List("r", key, Value.Nil);
        var length = _lengths[key] = _lengths.GetValueOrDefault(key) + 1;
        if (length == LongestList)
            _keys[place] = ++_lastKey;
        return Value.List("append", key, length);
    }
}
