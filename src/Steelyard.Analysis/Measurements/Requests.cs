using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// Which operations are requests of the load, and what became of them. A request is what was due before the
/// load's end, sent or not. Final reads judge the system and are not its load, and the life of a session is
/// no request.
/// </summary>
internal static class Requests
{
    /// <summary>How many ends there are.</summary>
    public const int Ends = (int)RequestEnd.NeverSent + 1;

    /// <summary>The requests, by invocation.</summary>
    public static IEnumerable<Operation> Of(History history)
    {
        var end = history.Phases.LoadEnd;
        var byTime = HasTimes(history);
        foreach (var operation in history.Operations)
            if (!operation.IsSession && IsBefore(end, operation, byTime))
                yield return operation;
    }

    /// <summary>What became of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limitNs">How soon an answer must come after it was due, in ns.</param>
    public static RequestEnd EndOf(in Operation request, long limitNs)
    {
        if (IsAnswered(request))
            return LatencyNs(request) <= limitNs ? RequestEnd.Answered : RequestEnd.Late;
        if (!request.IsSent)
            return RequestEnd.NeverSent;
        return request.Outcome == Outcome.Fail ? RequestEnd.Refused : RequestEnd.Unknown;
    }

    /// <summary>
    /// True when it was answered without error: it ended Ok, or it is a compare-and-set that was told its
    /// compare did not match (a Fail without an error).
    /// </summary>
    public static bool IsAnswered(in Operation operation) => operation.IsAnswered;

    /// <summary>True when the recording has times: imported histories often have none.</summary>
    public static bool HasTimes(History history)
    {
        for (var i = 0; i < history.Count; i++)
            if (history[i].InvokedNs != 0 || history[i].CompletedNs != 0)
                return true;
        return false;
    }

    /// <summary>From the intended start to the completion, in ns: a stall is charged to every request it
    /// delayed.</summary>
    public static long LatencyNs(in Operation operation) => operation.CompletedNs - operation.IntendedNs;

    static bool IsBefore(PhaseMark? end, in Operation operation, bool byTime) => end is not { } mark
        || (byTime ? operation.IntendedNs < mark.TimeNs : operation.InvokedAt < mark.Position);
}
