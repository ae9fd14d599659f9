using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Sets;

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
    readonly SetOperation[] _operations;
    readonly int[] _byReturn;

    // What has returned before is left out, what was open then is optional, and the state is not known.
    readonly int _start;

    SetElement(SetOperation[] operations, int start)
    {
        (_operations, _start) = (operations, start);
        var returns = operations.Select(o => o.ReturnedAt).ToArray();
        _byReturn = [.. Enumerable.Range(0, operations.Length)];
        Array.Sort(returns, _byReturn);
    }

    /// <summary>Judges the operations of one element; null when an answer is not known.</summary>
    public static Proof? Judge(SetModel model, History history, List<int> part)
    {
        var operations = new SetOperation[part.Count];
        for (var i = 0; i < operations.Length; i++)
        {
            var operation = history[part[i]];
            if (SetModel.EffectOf(operation) is not { } effect)
                return null;
            var isRequired = model.RoleOf(operation) == OperationRole.Required;
            var returnedAt = isRequired ? operation.CompletedAt : int.MaxValue;
            operations[i] = new(operation.Index, effect, operation.InvokedAt, returnedAt);
        }

        var element = new SetElement(operations, start: 0);
        var order = new List<int>(part.Count);
        var failed = element.Run(new bool[part.Count], isIn: false, order);
        return failed < 0
            ? new(null, [.. order.Select(i => operations[i].Index)])
            : new(Broken(history, operations, operations[failed]), null);
    }

    static Anomaly Broken(History history, SetOperation[] operations, SetOperation failed)
    {
        var operation = history[failed.Index];
        var (element, wasIn) = (operation.Input, failed.Effect.Sees ? "not in the set" : "in the set");
        return ImpossibleAnswers.Broken(
            $"process {operation.ProcessName} was answered {operation.Output} by {operation.Function}"
                + $" {element}, although {element} was {wasIn} and nothing open could have changed that",
            Window(operations, failed).Shrink());
    }

    // The shortest stretch, but for a factor of two, that has no explanation whatever was before. What had
    // returned before it precedes all that began in it.
    static SetElement Window(SetOperation[] operations, SetOperation failed)
    {
        var end = Array.FindLastIndex(operations, o => o.InvokedAt < failed.ReturnedAt);
        for (var length = 2; length <= end; length *= 2)
        {
            var start = operations[end - length + 1].InvokedAt;
            var window = Since(start);
            if (window.IsBroken(window.Weak()))
                return window;
        }

        return Since(0);

        SetElement Since(int start) =>
            new([.. operations[..(end + 1)].Where(o => o.ReturnedAt > start).Select(AsSeenThen)], start);

        SetOperation AsSeenThen(SetOperation operation) => operation.ReturnedAt > failed.ReturnedAt
            ? operation with { ReturnedAt = int.MaxValue }
            : operation;
    }

    bool[] Weak() =>
        [.. _operations.Select(o => o.InvokedAt < _start || o.ReturnedAt == int.MaxValue)];

    bool IsBroken(bool[] weakened) =>
        Run(weakened, isIn: false, []) >= 0 && (_start == 0 || Run(weakened, isIn: true, []) >= 0);

    // The operation that could not return, or -1. Weakened changes are optional, weakened observations are
    // left out.
    int Run(bool[] weakened, bool isIn, List<int> order)
    {
        var run = new SetRun(_operations, weakened, isIn, order);
        var next = 0;
        foreach (var returning in _byReturn)
        {
            var end = _operations[returning].ReturnedAt;
            if (end == int.MaxValue)
                break;
            if (weakened[returning])
                continue;
            for (; next < _operations.Length && _operations[next].InvokedAt < end; next++)
                run.Begin(next);
            if (!run.End(returning))
                return returning;
        }

        return -1;
    }

    // Delta debugging, as in Witness; steps are counted so that a hot element costs what it is long.
    List<int> Shrink()
    {
        const int StepsPerOperation = 100;
        var weakened = Weak();
        var required = Required(weakened);
        var steps = (StepsPerOperation * (long)_operations.Length) + 100_000;
        for (var chunk = Math.Max(1, required.Count / 2); chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < required.Count && steps > 0; from += chunk)
            {
                var tried = required.GetRange(from, Math.Min(chunk, required.Count - from));
                steps -= _operations.Length;
                tried.ForEach(i => weakened[i] = true);
                if (!IsBroken(weakened))
                    tried.ForEach(i => weakened[i] = false);
            }

            required = Required(weakened);
        }

        return [.. required.Select(i => _operations[i].Index)];
    }

    static List<int> Required(bool[] weakened) =>
        [.. Enumerable.Range(0, weakened.Length).Where(i => !weakened[i])];
}

/// <summary>An operation on an element of a set.</summary>
/// <param name="Index">Its history index.</param>
/// <param name="Effect">What it does.</param>
/// <param name="InvokedAt">Position of its invocation.</param>
/// <param name="ReturnedAt">Position of its return; <see cref="int.MaxValue"/> when it is optional.</param>
internal readonly record struct SetOperation(int Index, SetEffect Effect, int InvokedAt, int ReturnedAt);

/// <summary>What an operation does to an element of a set.</summary>
/// <param name="Sees">The state it needs: in is true.</param>
/// <param name="Changes">Whether it leaves the other one.</param>
internal readonly record struct SetEffect(bool Sees, bool Changes);
