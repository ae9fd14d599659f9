using Steelyard.Histories;
using Steelyard.Worlds.Faults;
using Steelyard.Worlds.Load;

namespace Steelyard.Runs;

/// <summary>
/// Whether a run tested what was asked of it. One of which no request was answered, or whose faults could not
/// be planned or did nothing, says nothing of a design, whatever its promises say: it is undecided.
/// </summary>
internal static class TestedNothing
{
    const string Name = "something-tested";

    /// <summary>A verdict for each reason why nothing was tested; none where something was.</summary>
    /// <param name="history">What clients saw.</param>
    /// <param name="requests">What became of the requests.</param>
    /// <param name="plan">The faults planned.</param>
    /// <param name="asked">The kinds that there were to be some of.</param>
    public static IEnumerable<Verdict> Of(
        History history, LoadCounts requests, FaultPlan plan, FaultPalette asked)
    {
        if (requests is { Due: > 0, Answered: 0 })
            yield return Verdict.Undecided(Name, $"none of {requests.Due:N0} requests due was answered");
        if (plan.Faults.Count == 0 && asked != FaultPalette.None)
            yield return Verdict.Undecided(
                Name, $"faults were asked for ({asked}), and none could be planned for this design");
        var begun = history.Faults.Where(
            fault => fault.Fault >= 0 && fault.Phase != FaultPhase.End).ToList();
        if (begun.Count > 0 && begun.All(fault => fault.HadEffect == false))
            yield return Verdict.Undecided(
                Name, begun.Count == 1
                    ? $"its only fault had no effect ({begun[0].Description})"
                    : $"none of its {begun.Count} faults had any effect");
    }
}
