using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Workloads;

/// <summary>
/// Transactions of one to four steps, each a read or a change, over a few keys that are replaced by fresh
/// ones when they were changed often. The changes of a key are numbered from 1, so that each is made once.
/// </summary>
/// <param name="change">The word for a change.</param>
/// <param name="mostChanges">How often a key is changed before a fresh one replaces it.</param>
internal abstract class TransactionWorkload(string change, int mostChanges) : IWorkload
{
    const int ActiveKeys = 4;
    const int MostSteps = 4;

    readonly long[] _keys = [.. Enumerable.Range(1, ActiveKeys).Select(key => (long)key)];
    readonly Dictionary<long, long> _changes = [];
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
        yield return new(Functions.Txn, Value.Nil, Value.List([.. _keys.Select(Read)]));
    }

    /// <summary>How a key is called.</summary>
    protected abstract Value Name(long key);

    Value Step(SeededRandom random)
    {
        var place = random.Next(ActiveKeys);
        var key = _keys[place];
        if (random.Chance(0.5))
            return Read(key);
        var number = _changes[key] = _changes.GetValueOrDefault(key) + 1;
        if (number == mostChanges)
            _keys[place] = ++_lastKey;
        return Value.List(change, Name(key), number);
    }

    Value Read(long key) => Value.List("r", Name(key), Value.Nil);
}
