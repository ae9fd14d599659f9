using System.Runtime.ExceptionServices;
using Steelyard.Histories;

namespace Steelyard.Runs;

/// <summary>
/// Lets checkers judge a history until somebody stops them. Checkers are pure and know no clock, so one that
/// is not done when the user has waited enough is left behind on its thread, and its promise stays undecided.
/// </summary>
internal static class Judgement
{
    // The same room as a main thread has, and some more: payloads may be deep.
    const int StackBytes = 16 << 20;

    /// <summary>One verdict for each expectation, in their order.</summary>
    public static IReadOnlyList<Verdict> Of(
        History history, IReadOnlyList<IChecker> expectations, CancellationToken cancellation) =>
        cancellation.CanBeCanceled
            ? [.. expectations.Select(checker => Check(checker, history, cancellation))]
            : [.. expectations.Select(checker => checker.Check(history))];

    static Verdict Check(IChecker checker, History history, CancellationToken cancellation)
    {
        var judged = new TaskCompletionSource<Verdict>(TaskCreationOptions.RunContinuationsAsynchronously);
        var judge = new Thread(() => Judge(checker, history, judged), StackBytes) { IsBackground = true };
        judge.Start();
        try
        {
            judged.Task.Wait(cancellation);
            return judged.Task.Result;
        }
        catch (OperationCanceledException)
        {
            return Verdict.Undecided(checker.Name, "it was interrupted");
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    static void Judge(IChecker checker, History history, TaskCompletionSource<Verdict> judged)
    {
        try
        {
            judged.SetResult(checker.Check(history));
        }
#pragma warning disable CA1031 // Not swallowed: it is thrown again where the verdict is waited for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            judged.SetException(failure);
        }
    }
}
