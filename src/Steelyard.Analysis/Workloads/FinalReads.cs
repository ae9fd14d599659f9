using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads;

/// <summary>The reads at the very end, by which a thing is judged that only promises to be right once all has
/// spread.</summary>
internal sealed class FinalReads
{
    readonly int _begin;
    readonly bool _isMarked;

    /// <summary>Looks whether a recording marks them.</summary>
    public FinalReads(History history)
    {
        _begin = history.Phases.FinalReads?.Position ?? int.MaxValue;
        _isMarked = _begin < int.MaxValue || history.Operations.Any(operation => operation.IsFinal);
    }

    /// <summary>
    /// Those of one thing, by invocation: the completed reads that the recording marks as final, or that
    /// stand in its phase of final reads. Where it marks none, the last read of each process, if all of
    /// these began after the last change had ended; a process that was retired, or whose last read did not
    /// end ok, has none. Empty where the recording shows no such end.
    /// </summary>
    /// <param name="part">The operations of the thing, by invocation.</param>
    /// <param name="change">The function that changes it.</param>
    public List<Operation> Of(List<Operation> part, string change)
    {
        if (_isMarked)
            return
            [
                .. part.Where(operation => operation is { Function: Functions.Read, Outcome: Outcome.Ok }
                    && (operation.IsFinal || operation.InvokedAt >= _begin)),
            ];
        var last = LastReads(part);
        var changed = LastChange(part, change);
        return last.TrueForAll(read => read.InvokedAt > changed) ? last : [];
    }

    static List<Operation> LastReads(List<Operation> part)
    {
        var ofProcess = new Dictionary<int, Operation>();
        var retired = new HashSet<int>();
        foreach (var operation in part)
        {
            if (operation.Function == Functions.Read)
                ofProcess[operation.Process] = operation;
            if (operation.Outcome is Outcome.Info or Outcome.Open)
                retired.Add(operation.Process);
        }

        return
        [
            .. ofProcess.Values
                .Where(read => read.Outcome == Outcome.Ok && !retired.Contains(read.Process))
                .OrderBy(read => read.InvokedAt),
        ];
    }

    static int LastChange(List<Operation> part, string change)
    {
        var last = -1;
        foreach (var operation in part)
            if (operation.Function == change)
                last = Math.Max(
                    last, operation.Outcome == Outcome.Open ? operation.InvokedAt : operation.CompletedAt);
        return last;
    }
}
