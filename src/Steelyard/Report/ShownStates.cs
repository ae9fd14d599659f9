using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Report;

/// <summary>What nodes showed of themselves in an excerpt: of each as a window begins, and whenever it
/// changed from there on.</summary>
internal static class ShownStates
{
    const int MostChanges = 240;

    public static IReadOnlyList<StateData> Of(RunTrace trace, SpaceTimeLanes lanes, ExcerptScene scene)
    {
        var byLane = trace.States
            .Where(state => lanes.OfAddress(state.Node) is >= 0)
            .GroupBy(state => lanes.OfAddress(state.Node)!.Value)
            .OrderBy(states => states.Key);
        var steps = byLane.SelectMany(states => Steps([.. states], states.Key, scene)).ToList();
        var nearest = steps.Where(step => step.Before is not null)
            .OrderBy(step => scene.FocusNs.Min(focus => Math.Abs(focus - step.AtNs)))
            .Take(MostChanges).ToHashSet();
        var drawn = steps.Where(step => step.Before is null || nearest.Contains(step));
        return [.. drawn.Select(Data).Where(shown => shown.Changed.Length > 0)];
    }

    static StateData Data(Step step) => new(
        step.Lane, ReportParts.Seconds(step.AtNs), StateWords.Of(step.State),
        step.Before is { } before ? StateWords.Changed(before, step.State) : StateWords.Of(step.State));

    // A first state has none before it. What changed while nothing is drawn is seen as the next window
    // begins.
    static IEnumerable<Step> Steps(List<TracedState> states, int lane, ExcerptScene scene)
    {
        NodeState? last = null;
        foreach (var window in scene.Windows)
        {
            var before = states.FindLast(state => state.TimeNs <= window.FromNs).State;
            if (before is not null && !ReferenceEquals(before, last))
                yield return new(lane, window.FromNs, before, last);
            last = before ?? last;
            foreach (var (atNs, _, state) in states)
            {
                if (atNs <= window.FromNs || atNs > window.ToNs)
                    continue;
                yield return new(lane, atNs, state, last);
                last = state;
            }
        }
    }

    sealed record Step(int Lane, long AtNs, NodeState State, NodeState? Before);
}
