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
        return Try(operations, new bool[operations.Length], initial, step);
    }

    static bool Try(Operation[] operations, bool[] done, object state, Step step)
    {
        if (operations.Where((o, i) => Must(o) && !done[i]).All(_ => false))
            return true;
        for (var i = 0; i < operations.Length; i++)
        {
            if (done[i] || operations.Where((o, j) => !done[j] && Must(o) && j != i)
                .Any(o => o.CompletedAt < operations[i].InvokedAt))
                continue;
            var next = step(state, operations[i]);
            if (next is null)
                continue;
            done[i] = true;
            if (Try(operations, done, next, step))
                return true;
            done[i] = false;
        }

        return false;
    }

    static bool Must(Operation operation) => operation.Outcome is Outcome.Ok or Outcome.Fail;
}
