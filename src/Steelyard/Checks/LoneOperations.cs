using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Checks;

/// <summary>
/// What sessions are promised, asked of a recording in which nobody said who invoked some operations. The
/// processes that were lent to them are no sessions, so each such operation is a session of its own; where
/// that leaves no session with two operations there is nothing to judge. In real time all stays as it was.
/// </summary>
internal static class LoneOperations
{
    // A session takes room in proportion to the others.
    const int MostSessions = 2_000;

    /// <summary>The promises that speak of sessions and not of real time.</summary>
    static readonly string[] s_ofSessions =
    [
        "sequential", "causal", "causal+", "pram", "read-your-writes", "monotonic-reads", "monotonic-writes",
        "writes-follow-reads", "strong-session-read-uncommitted", "strong-session-read-committed",
        "strong-session-snapshot-isolation", "strong-session-serializable",
    ];

    /// <summary>The history with a process for each lone operation, where a promise is asked that speaks of
    /// sessions.</summary>
    public static History Apart(History history, string? consistency)
    {
        if (!IsAsked(history, consistency))
            return history;
        var next = history.Operations.Max(operation => operation.Process);
        // In the order of invocations, as the events are done again.
        var processes = new Dictionary<int, int>();
        foreach (var operation in history.Operations)
            processes[operation.Index] = operation.IsLone ? checked(++next) : operation.Process;
        return RewrittenHistory.Of(
            history, operation => operation.Function, operation => operation.Output,
            operation => processes[operation.Index]);
    }

    /// <summary>Why what is asked cannot be decided; null where it can.</summary>
    public static string? WhyUndecided(History history, string? consistency) =>
        IsAsked(history, consistency) ? WhyNot(history) : null;

    /// <summary>Judges that say so.</summary>
    public static IReadOnlyList<IChecker> Undecided(IReadOnlyList<IChecker> judges, string why) =>
        [.. judges.Select(judge => new WithoutSessions(judge, why))];

    static bool IsAsked(History history, string? consistency) =>
        consistency is not null && s_ofSessions.Contains(consistency, StringComparer.Ordinal)
        // Recordings that tell sessions alone have no others.
        && history.TellsRealTime && history.Operations.Any(operation => operation.IsLone);

    static string? WhyNot(History history)
    {
        var lone = history.Operations.Count(operation => operation.IsLone);
        var sessions = history.Operations.Where(operation => !operation.IsLone)
            .CountBy(operation => operation.Process).Count(session => session.Value > 1);
        var who = string.Create(
            CultureInfo.InvariantCulture,
            $"nobody said who invoked {lone:N0} of {history.Count:N0} operations");
        if (sessions == 0)
            return $"{who}, so no session has two of them (record with a client for each session)";
        return lone > MostSessions ? $"{who}, more than {MostSessions:N0}" : null;
    }

    /// <summary>A judge that was asked for what the recording does not tell.</summary>
    sealed class WithoutSessions(IChecker judge, string why) : IChecker
    {
        public string Name => judge.Name;

        public string Sentence => judge.Sentence;

        public Verdict Check(History history) => Verdict.Undecided(Name, why);
    }
}
