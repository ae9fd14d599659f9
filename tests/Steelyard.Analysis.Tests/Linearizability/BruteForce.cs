using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>Linearizability by trying every order: a few lines that share nothing with the
/// checkers.</summary>
internal static class BruteForce
{
    /// <summary>A sequential specification: the next state, or null when the operation is not
    /// allowed.</summary>
    public delegate object? Step(object state, Operation operation);

    /// <summary>Whether some order of the operations explains the history.</summary>
    public static bool Explains(History history, object initial, Step step)
    {
        var operations = history.Operations
            .Where(o => o.Outcome != Outcome.Fail || (o.Function == "cas" && o.Error is null))
            .ToArray();
        // One bit an operation: what must have happened, and what must happen before each.
        var must = Bits(operations, Must);
        var before = Array.ConvertAll(
            operations, later => Bits(operations, o => Must(o) && o.CompletedAt < later.InvokedAt));
        return Try(operations, before, must, done: 0, initial, step);
    }

    static bool Try(Operation[] operations, ulong[] before, ulong must, ulong done, object state, Step step)
    {
        if ((must & ~done) == 0)
            return true;
        for (var i = 0; i < operations.Length; i++)
            if ((done >> i & 1) == 0 && (before[i] & ~done) == 0
                && step(state, operations[i]) is { } next
                && Try(operations, before, must, done | 1UL << i, next, step))
                return true;
        return false;
    }

    static ulong Bits(Operation[] operations, Func<Operation, bool> isMeant)
    {
        Assert.True(operations.Length <= 64, "more operations than bits");
        var bits = 0UL;
        for (var i = 0; i < operations.Length; i++)
            bits |= isMeant(operations[i]) ? 1UL << i : 0;
        return bits;
    }

    static bool Must(Operation operation) => operation.Outcome is Outcome.Ok or Outcome.Fail;
}
