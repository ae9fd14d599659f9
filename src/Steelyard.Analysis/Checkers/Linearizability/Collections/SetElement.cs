using Steelyard.Histories;

namespace Steelyard.Analysis;

/// <summary>
/// Linearizability of one element of a set whose every answer is known: it is in or out, some operations
/// change that and others see it. Without a search, in O(n log n), with elements added and removed as often
/// as they like, and with pending changes.
/// </summary>
/// <remarks>
/// In the order of Lowe (2017, section 5) something happens only when an operation must return. What sees the
/// present state happens at once. When a return needs the other state, one change is made; which one does not
/// matter but for its own return, so it is the one returning first, pending ones last. More changes than
/// needed come in pairs, and a pair can wait for the next return: whatever saw the state between them is
/// still open. So no choice is ever regretted.
/// </remarks>
internal sealed class SetElement
{
    readonly SetEffect[] _effects;
    readonly int[] _operations;
    readonly int[] _returnedAt;
    readonly int[] _byReturn;
    readonly int[] _invokedAt;

    SetElement(SetEffect[] effects, int[] operations, int[] invokedAt, int[] returnedAt)
    {
        (_effects, _operations, _invokedAt, _returnedAt) = (effects, operations, invokedAt, returnedAt);
        var keys = (int[])returnedAt.Clone();
        _byReturn = [.. Enumerable.Range(0, operations.Length)];
        Array.Sort(keys, _byReturn);
    }

    /// <summary>Judges the operations of one element; null when an answer is not known.</summary>
    public static Proof? Judge(SetModel model, History history, List<int> part)
    {
        var effects = new SetEffect[part.Count];
        var (invokedAt, returnedAt) = (new int[part.Count], new int[part.Count]);
        for (var i = 0; i < part.Count; i++)
        {
            var operation = history[part[i]];
            if (SetModel.EffectOf(operation) is not { } effect)
                return null;
            effects[i] = effect;
            invokedAt[i] = operation.InvokedAt;
            var isRequired = model.RoleOf(operation) == OperationRole.Required;
            returnedAt[i] = isRequired ? operation.CompletedAt : int.MaxValue;
        }

        var element = new SetElement(effects, [.. part], invokedAt, returnedAt);
        var order = new List<int>(part.Count);
        var failed = element.Run(new bool[part.Count], order);
        if (failed < 0)
            return new(null, [.. order.Select(i => element._operations[i])]);
        var witness = element.Shrink(failed).Select(i => element._operations[i]);
        var wanted = effects[failed].Sees ? "out" : "in";
        return new(
            Misfits.Broken(
                $"{history[part[failed]]} has no explanation: the element was {wanted} by then,"
                    + " and nothing open could have changed that",
                witness),
            null);
    }

    // The operation that could not return, or -1. Weakened changes are optional, weakened observations are
    // left out.
    int Run(bool[] weakened, List<int> order)
    {
        var run = new SetRun(_effects, _returnedAt, weakened, order);
        var next = 0;
        foreach (var returning in _byReturn)
        {
            if (_returnedAt[returning] == int.MaxValue)
                break;
            if (weakened[returning])
                continue;
            for (; next < _operations.Length && _invokedAt[next] < _returnedAt[returning]; next++)
                run.Begin(next);
            if (!run.End(returning))
                return returning;
        }

        return -1;
    }

    // Delta debugging, as in Witness; steps are counted so that a hot element costs what it is long.
    List<int> Shrink(int failed)
    {
        const int StepsPerOperation = 40;
        var weakened = new bool[_operations.Length];
        for (var i = 0; i < weakened.Length; i++)
            weakened[i] = _returnedAt[i] > _returnedAt[failed];
        var required = Required(weakened);
        var steps = (StepsPerOperation * (long)_operations.Length) + 10_000;
        for (var chunk = Math.Max(1, required.Count / 2); chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < required.Count && steps > 0; from += chunk)
            {
                var tried = required.GetRange(from, Math.Min(chunk, required.Count - from));
                steps -= _operations.Length;
                tried.ForEach(i => weakened[i] = true);
                if (Run(weakened, []) < 0)
                    tried.ForEach(i => weakened[i] = false);
            }

            required = Required(weakened);
        }

        return required;
    }

    static List<int> Required(bool[] weakened) =>
        [.. Enumerable.Range(0, weakened.Length).Where(i => !weakened[i])];
}

/// <summary>What an operation does to an element of a set.</summary>
/// <param name="Sees">The state it needs: in is true.</param>
/// <param name="Changes">Whether it leaves the other one.</param>
internal readonly record struct SetEffect(bool Sees, bool Changes);
