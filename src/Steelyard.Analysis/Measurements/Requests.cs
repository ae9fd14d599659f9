using Steelyard.Histories;

namespace Steelyard.Analysis.Measurements;

/// <summary>
/// Which operations are requests of the load, and which of them were answered. Operations invoked after the
/// heal at the end are final reads: they judge the system and are not its load.
/// </summary>
internal static class Requests
{
    /// <summary>The position of the heal at the end; <see cref="int.MaxValue"/> when there was
    /// none.</summary>
    public static int EndOf(History history) => history.Phases.Heal?.Position ?? int.MaxValue;

    /// <summary>The requests: all that was invoked before the heal.</summary>
    public static IEnumerable<Operation> Of(History history)
    {
        var end = EndOf(history);
        foreach (var operation in history.Operations)
            if (operation.InvokedAt < end)
                yield return operation;
    }

    /// <summary>
    /// True when it was answered without error: it ended Ok, or it is a compare-and-set that was told its
    /// compare did not match (a Fail without an error).
    /// </summary>
    public static bool IsAnswered(Operation operation) =>
        operation.Outcome == Outcome.Ok
        || (operation is { Outcome: Outcome.Fail, Function: Functions.Cas, Error: null });

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
    public static long LatencyNs(Operation operation) => operation.CompletedNs - operation.IntendedNs;
}
