using Steelyard.Histories;
using Steelyard.Services.Designs.Parts;

namespace Steelyard.Services.Designs.QueueConsumer.Promises;

/// <summary>Every poison message that was taken ends among the dead letters, and no other message
/// does.</summary>
internal sealed class PoisonSetAside()
    : ServicePromise(
        "poison-set-aside", "Every poison message ends among the dead letters, and no other does")
{
    /// <inheritdoc/>
    public override Verdict Check(History history)
    {
        var states = history.Operations
            .Where(o => o.Function == Functions.ReplicaState && o.Outcome == Outcome.Ok).ToList();
        if (states.Count == 0)
            return Undecided("nobody read the dead letters after the heal");
        var sent = history.Operations
            .Where(o => o.Function is QueueWorkload.Send or QueueWorkload.SendPoison).ToList();
        var anomalies = states.SelectMany(state => Judge(sent, state));
        return BrokenBy(anomalies) ?? Holds(
            $"the dead letters are the {sent.Count(IsPoison):N0} poison messages, and no others");
    }

    static bool IsPoison(Operation operation) => operation.Function == QueueWorkload.SendPoison;

    static IEnumerable<Anomaly> Judge(IReadOnlyList<Operation> sent, Operation state)
    {
        var dead = new SortedSet<Value>(state.Output["dead"].AsList.ToArray());
        foreach (var operation in sent)
        {
            var (id, isDead) = (operation.Input["id"], dead.Contains(operation.Input["id"]));
            if (IsPoison(operation) && operation.Outcome == Outcome.Ok && !isDead)
                yield return new(
                    "poison-at-large", $"message {id} cannot be processed, yet it was not set aside",
                    [operation.Index, state.Index]);
            if (!IsPoison(operation) && isDead)
                yield return new(
                    "wrongly-dead", $"message {id} can be processed, yet it was set aside",
                    [operation.Index, state.Index]);
        }
    }
}
