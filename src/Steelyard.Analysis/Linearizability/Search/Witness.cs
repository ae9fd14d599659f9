using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Search;

/// <summary>
/// Makes a small proof that a history is not linearizable, by delta debugging (Zeller &amp; Hildebrandt
/// 2002): operations are weakened in ever smaller chunks as long as no explanation exists. Weakening an
/// operation that only observes forgets it; weakening any other lets it happen at any time after its
/// invocation, or never, or again and again. All that only allows more, so what stays required contradicts
/// itself whatever the rest did.
/// </summary>
/// <param name="whole">The operations of one object that have no explanation.</param>
/// <param name="failed">The search that found none.</param>
/// <param name="history">The history they stand in.</param>
internal sealed class Witness(Problem whole, ConfigurationSearch failed, History history)
{
    // A single attempt that needs more states keeps its operations; so do all once so many states were
    // entered.
    const long StatesPerAttempt = 10_000;
    const long StatesInAll = 300_000;

    // A witness may cost this many times what the verdict did, and some states more.
    const int TimesTheVerdict = 8;
    const long StatesAtLeast = 5_000;

    // An optional operation costs a bit in every state that an attempt enters: long histories get fewer.
    const long BytesPerAttempt = 16L << 20;

    // More operations than this nobody reads. Then those that stand last are named, as few as contradict
    // each other alone; what the state could be before the last of them stands in the sentence.
    const int MostNamed = 500;
    const int FewestNamed = 8;

    const int MostLetters = 120;

    // Building an attempt costs about as much as a state for every few operations of it.
    const int OperationsPerState = 4;

    // From each state all is tried that may happen again and again.
    const int RepeatsPerState = 8;

    // Nothing invoked after the furthest return that the search looked at is part of the contradiction.
    readonly int _end = whole.ReturnedAt[failed.FurthestReturn];
    readonly bool[] _weakened = new bool[whole.Operations.Length];
    readonly long _statesInAll = Math.Min(
        StatesInAll, StatesAtLeast + (TimesTheVerdict * Cost(failed.States, whole)));
    long _statesLeft;

    /// <summary>The anomaly.</summary>
    public Anomaly Find()
    {
        _statesLeft = _statesInAll;
        LetWhatDidNotReturnRepeat();
        KeepOnlyTheEnd(Required());
        var required = Required();
        for (var chunk = Math.Max(1, required.Count / 2); chunk > 0; chunk /= 2)
        {
            for (var from = 0; from < required.Count && _statesLeft > 0; from += chunk)
                TryWeakening(required, from, Math.Min(required.Count, from + chunk));
            required = Required();
        }

        var sentence = Sentence(required);
        if (required.Count > MostNamed)
            required = LastStretch(required);
        return new("not-linearizable", sentence, [.. required.Select(i => whole.Operations[i])]);
    }

    // Which of them happened, and when, then need not be remembered.
    void LetWhatDidNotReturnRepeat()
    {
        var others = new List<int>();
        for (var i = 0; i < whole.Operations.Length && whole.InvokedAt[i] < _end; i++)
            if (whole.MayRepeat[i] && !whole.IsRequired(i, _end, _weakened))
                others.Add(i);
        if (others.Count > 0)
            TryWeakening(others, 0, others.Count);
    }

    // What contradicts itself mostly stands near the operation that no configuration got past: then all
    // before it need not be looked at one by one.
    void KeepOnlyTheEnd(List<int> required)
    {
        var stuck = whole.Returns[failed.FurthestReturn];
        for (var kept = 1; kept < required.Count / 2 && _statesLeft > _statesInAll / 2; kept *= 2)
        {
            List<int> others = [.. required[..^kept].Where(operation => operation != stuck)];
            if (TryWeakening(others, 0, others.Count))
                return;
        }
    }

    /// <summary>The anomaly without the work: the operation that no configuration got past.</summary>
    public static Anomaly Stuck(Problem whole, ConfigurationSearch failed, History history)
    {
        var operation = history[whole.Operations[whole.Returns[failed.FurthestReturn]]];
        return new(
            "not-linearizable",
            $"{Told(operation)} has no explanation: no order leads past it",
            [operation.Index]);
    }

    List<int> LastStretch(List<int> required)
    {
        var stuck = whole.Returns[failed.FurthestReturn];
        for (var count = FewestNamed; count < required.Count; count *= 2)
        {
            var last = required[^count..];
            if (!last.Contains(stuck))
                last.Insert(0, stuck);
            if (new ConfigurationSearch(whole.Only(_end, last)).Run(StatesPerAttempt) == SearchEnd.None)
                return last;
        }

        return required;
    }

    List<int> Required()
    {
        var required = new List<int>();
        for (var i = 0; i < whole.Operations.Length && whole.InvokedAt[i] < _end; i++)
            if (whole.IsRequired(i, _end, _weakened))
                required.Add(i);
        return required;
    }

    bool TryWeakening(List<int> required, int from, int to)
    {
        for (var i = from; i < to; i++)
            _weakened[required[i]] = true;
        var problem = whole.Weakened(_end, _weakened);
        var search = new ConfigurationSearch(problem);
        var end = search.Run(Math.Min(_statesLeft, Affordable(problem, StatesPerAttempt)));
        _statesLeft -= Cost(search.States, problem);
        for (var i = from; i < to && end != SearchEnd.None; i++)
            _weakened[required[i]] = false;
        return end == SearchEnd.None;
    }

    static long Cost(long states, Problem problem) =>
        (states * StateCost(problem)) + (problem.Operations.Length / OperationsPerState) + 1;

    static long Affordable(Problem problem, long states) => Math.Min(
        states / StateCost(problem), BytesPerAttempt / (8 * (1 + (problem.Optional.Length / 64))));

    static int StateCost(Problem problem) => 1 + (problem.Repeated.Count / RepeatsPerState);

    string Sentence(List<int> required)
    {
        // A search that does not look ahead stops at the operation that contradicts the others, not at an
        // earlier one that would lead there.
        var problem = whole.Weakened(_end, _weakened);
        var search = new ConfigurationSearch(problem, lookAhead: false);
        if (search.Run(Affordable(problem, StatesPerAttempt)) != SearchEnd.None)
            return Unexplained(required);
        var operation = history[problem.Operations[problem.Returns[search.DeepestReturn]]];
        return problem.Machine.Contradicted(operation, search.StatesAtDeepest);
    }

    string Unexplained(List<int> required)
    {
        var last = required.MaxBy(operation => whole.ReturnOf[operation]);
        var beside = required.Count > 1 ? $" beside the other {required.Count - 1:N0} named" : "";
        return $"{Told(history[whole.Operations[last]])} has no explanation{beside},"
            + " whatever the rest did";
    }

    /// <summary>An operation as it fits into a sentence: of long values the beginning is told, and how much
    /// more there is.</summary>
    public static string Told(Operation operation) => ToldValue.Of(operation, MostLetters);

    /// <summary>A text as it fits into a sentence: of a long one the letters in its middle are
    /// counted.</summary>
    public static string Shortened(string text) => text.Length <= MostLetters ? text
        : $"{text[..60]} ({text.Length - MostLetters + 10:N0} more letters) {text[^50..]}";
}
