using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>Refuses fault plans that do not fit their scenario, with a line that names the fault, the node
/// and the reason.</summary>
public static class FaultPlanCheck
{
    /// <summary>Looks at each fault, and at what they come to together.</summary>
    /// <exception cref="UserMistakeException">Something does not fit.</exception>
    public static void Check(FaultPlan plan, Scenario scenario) =>
        Check(plan, scenario, static (_, mistake) => mistake);

    /// <summary>The same, of a plan that was read from somewhere.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">What it is for.</param>
    /// <param name="told">A complaint about the fault of a place, with where that stands.</param>
    /// <exception cref="UserMistakeException">Something does not fit.</exception>
    public static void Check(
        FaultPlan plan, Scenario scenario, Func<int, UserMistakeException, UserMistakeException> told)
    {
        var nodes = new PlanNodes(scenario.Cluster.Nodes);
        for (var place = 0; place < plan.Faults.Count; place++)
            if (Found(new(place, plan.Faults[place], scenario, nodes)) is { } mistake)
                throw told(place, mistake);
        if (new FaultLoad(scenario).First(plan.Faults, resource => resource.Limit) is { } excess)
            throw told(excess.Place, new FaultCheck(
                excess.Place, plan.Faults[excess.Place], scenario, nodes).Exceeds(excess));
    }

    /// <summary>Whether a world could let some faults happen, together with nothing else.</summary>
    internal static bool CanApply(IReadOnlyList<Fault> faults, Scenario scenario)
    {
        var nodes = new PlanNodes(scenario.Cluster.Nodes);
        return faults.All(fault => Found(new(0, fault, scenario, nodes)) is null);
    }

    static UserMistakeException? Found(FaultCheck check)
    {
        try
        {
            check.All();
            return null;
        }
        catch (UserMistakeException mistake)
        {
            return mistake;
        }
    }
}
