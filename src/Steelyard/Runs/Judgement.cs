using System.Globalization;
using System.Runtime.ExceptionServices;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Runs;

/// <summary>
/// Lets checkers judge a history until somebody stops them. Checkers are pure and know no clock, so one that
/// is not done when the user has waited enough is left behind on its thread, and its promise stays undecided.
/// </summary>
internal static class Judgement
{
    // The same room as a main thread has, and some more: payloads may be deep.
    const int StackBytes = 16 << 20;

    /// <summary>All that is to be said of a run, alone or in a hunt: what the world found, one verdict for
    /// each expectation, in their order, and whether anything was tested.</summary>
    public static IReadOnlyList<Verdict> Of(
        WorldRun run, Scenario scenario, FaultPlan plan, FaultChoice asked, CancellationToken cancellation) =>
    [
        .. run.Findings,
        .. Of(run.History, scenario.Promises.Expectations, cancellation),
        .. FewSucceeded.Of(run.History, scenario.Promises.SuccessFloor, run.Failures),
        .. TestedNothing.Of(run.History, run.Counters.Load, plan, asked.PaletteOf(scenario)),
    ];

    /// <summary>The same of a run whose operations were counted and not kept: no promise can be
    /// judged.</summary>
    public static IReadOnlyList<Verdict> OfCounted(
        WorldRun run, Scenario scenario, FaultPlan plan, FaultChoice asked) =>
    [
        .. run.Findings,
        .. scenario.Promises.Expectations.Select(
            checker => Verdict.Undecided(checker.Name, RunResult.CountedOnly) with
            {
                Sentence = checker.Sentence,
            }),
        .. TestedNothing.Of(run.History, run.Counters.Load, plan, asked.PaletteOf(scenario)),
    ];

    /// <summary>One verdict for each expectation, in their order.</summary>
    /// <param name="history">The history.</param>
    /// <param name="expectations">What it is held to.</param>
    /// <param name="cancellation">Leaves what is not judged by then undecided.</param>
    /// <param name="judge">How a checker is asked; null just asks it of the history.</param>
    /// <param name="judged">The functions that are judged; null is all of them.</param>
    public static IReadOnlyList<Verdict> Of(
        History history, IReadOnlyList<IChecker> expectations, CancellationToken cancellation,
        Func<IChecker, Verdict>? judge = null, IReadOnlyList<string>? judged = null)
    {
        judge ??= checker => checker.Check(history);
        var isObserved = history.Operations.Any(operation => operation.Outcome == Outcome.Ok
            && (judged is null || judged.Contains(operation.Function)));
        return [.. expectations.Select(checker => Check(checker, judge, cancellation) switch
        {
            var verdict when history.NotRecorded > 0 => Missing(history, verdict),
            { Validity: Validity.Valid } when !isObserved => Unobserved(checker, history),
            var verdict => verdict,
        } with
        {
            Sentence = checker.Sentence,
        })];
    }

    // What was not recorded may explain what looks broken, and may be what is broken.
    static Verdict Missing(History history, Verdict verdict) => Verdict.Undecided(
        verdict.Checker,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{history.NotRecorded:N0} operations took place that the recorder could not keep; of the"
            + $" {history.Count:N0} that it kept alone one would say {verdict.Validity}: {verdict.Summary}"));

    // Nothing that did not happen contradicts a promise, and nothing speaks for it.
    static Verdict Unobserved(IChecker checker, History history) => Verdict.Undecided(
        checker.Name, "nothing was observed: no operation "
            + (history.Operations.Any(operation => operation.Outcome == Outcome.Ok) ? "that is judged " : "")
            + "ended ok");

    /// <summary>What some work that knows no cancellation gives; once cancelled, it is left behind.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static T Interruptible<T>(Func<T> work, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return work();
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = new Thread(() => Do(work, done), StackBytes) { IsBackground = true };
        worker.Start();
        try
        {
            done.Task.Wait(cancellation);
            return done.Task.Result;
        }
        catch (AggregateException failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    /// <summary>Begins some work on a thread of its own, and gives what waits for it and throws what it
    /// threw.</summary>
    public static Action Beside(Action work)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Do(() => Done(work), done), StackBytes) { IsBackground = true }.Start();
        return () => done.Task.GetAwaiter().GetResult();
    }

    static bool Done(Action work)
    {
        work();
        return true;
    }

    static Verdict Check(
        IChecker checker, Func<IChecker, Verdict> judge, CancellationToken cancellation)
    {
        try
        {
            return Interruptible(() => judge(checker), cancellation);
        }
        catch (OperationCanceledException)
        {
            return Verdict.Undecided(checker.Name, "it was interrupted");
        }
    }

    static void Do<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(work());
        }
#pragma warning disable CA1031 // Not swallowed: it is thrown again where the result is waited for.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            done.SetException(failure);
        }
    }
}
