using System.Globalization;
using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.Cart.Promises;

/// <summary>In the end every replica shows each entry that was added and that nobody asked to remove, and
/// none whose removal was acknowledged.</summary>
internal sealed class EntriesKept()
    : ServicePromise("acknowledged-kept", "In the end every replica shows what was added and not removed")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var reads = history.Operations.Where(o => o.Function == Functions.ReplicaState).ToList();
        var states = reads.FindAll(read => read.Outcome == Outcome.Ok);
        if (states.Count == 0)
            return Undecided("no replica was read after the heal");
        var writes = history.Operations
            .Where(o => o.Function is CartWorkload.Add or CartWorkload.Remove).ToList();
        var removed = writes.Where(o => o.Function == CartWorkload.Remove && o.MayHaveHappened)
            .Select(o => o.Input).ToHashSet();
        var anomalies = states.SelectMany(state => Judge(state, writes, removed));
        if (BrokenBy(anomalies) is { } broken)
            return broken;
        var acknowledged = writes.Count(write => write.Outcome == Outcome.Ok);
        if (acknowledged == 0)
            return Undecided("no change was acknowledged");
        return states.Count < reads.Count
            ? Undecided($"{reads.Count - states.Count} of {reads.Count} replicas did not tell their state")
            : Holds(string.Create(
                CultureInfo.InvariantCulture,
                $"{acknowledged:N0} acknowledged changes, and all are at every replica"));
    }

    static IEnumerable<Anomaly> Judge(Operation state, List<Operation> writes, HashSet<Value> removed)
    {
        foreach (var write in writes.Where(write => write.Outcome == Outcome.Ok))
        {
            var cart = state.Output[write.Key];
            var isShown = !cart.IsNil && cart.AsList.Contains(write.Input);
            if (write.Function == CartWorkload.Add && !isShown && !removed.Contains(write.Input))
                yield return new(
                    "lost-entry",
                    $"{write.Input} was added to {write.Key} and never removed, yet {state.Key} lost it",
                    [write.Index, state.Index]);
            if (write.Function == CartWorkload.Remove && isShown)
                yield return new(
                    "returned-entry",
                    $"{write.Input} was removed from {write.Key}, yet {state.Key} shows it",
                    [write.Index, state.Index]);
        }
    }
}
