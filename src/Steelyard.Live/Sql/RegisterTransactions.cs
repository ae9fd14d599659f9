using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Live.Sql;

/// <summary>
/// Transactions of one to four steps, each a read of a register or a write of a number that is written once,
/// over a few registers that are replaced by fresh ones when they were written often (Jepsen's
/// <c>rw-register</c>).
/// </summary>
internal sealed class RegisterTransactions : IWorkload
{
    const int ActiveKeys = 4;
    const int MostWrites = 32;
    const int MostSteps = 4;

    readonly int[] _keys = [.. Enumerable.Range(1, ActiveKeys)];
    readonly Dictionary<int, long> _writes = [];
    int _lastKey = ActiveKeys;

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
            Functions.Txn, Value.Nil,
            Value.List([.. _keys.Select(key => Value.List("r", Name(key), Value.Nil))]));
    }

    Value Step(SeededRandom random)
    {
        var place = random.Next(ActiveKeys);
        var key = _keys[place];
        if (random.Chance(0.5))
            return Value.List("r", Name(key), Value.Nil);
        var value = _writes[key] = _writes.GetValueOrDefault(key) + 1;
        if (value == MostWrites)
            _keys[place] = ++_lastKey;
        return Value.List("w", Name(key), value);
    }

    static string Name(int key) => "r" + key.ToString(CultureInfo.InvariantCulture);
}
