using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>
/// Linearizability of queues, stacks and priority queues to which every add adds a value of its own: no
/// search, O(n log n) (Lee &amp; Mathur 2025, "Efficient Decrease-and-Conquer Linearizability Monitoring").
/// </summary>
/// <remarks>
/// Their histories are complete; here operations may be pending. A pending add counts only if its value was
/// taken. A pending take can take a value that nobody else took. In a queue the values that must go are those
/// added first, and any pending take serves the first as well as the next one would: so the i-th value to be
/// enqueued for certain goes to the i-th pending take begun, and every explanation can be changed into such a
/// one by exchanging takes. In the other collections, and where such a value was peeked at, it is tried
/// whether an order exists with none of them, or with such a choice; and whether none exists even if every
/// such value can go at any time after the first pending take began. Where neither helps, the search must
/// decide.
/// </remarks>
internal static class CollectionJudge
{
    /// <summary>Judges the operations of one object; null when a search must.</summary>
    public static Proof? Judge(CollectionModel model, History history, List<int> part)
    {
        var operations = CollectionOperations.Of(model, history, part, out var misfit);
        if (operations is null)
            return null;
        if (misfit is not null)
            return new(misfit, null);
        return Rule(model, history, operations) switch
        {
            null => null,
            { Clash: { } clash } =>
                new(new CollectionWitness(model, history, part).Of(operations, clash), null),
            { Order: var order } => new(null, order),
        };
    }

    /// <summary>An order, or a clash; null when a search must decide.</summary>
    public static Ruling? Rule(CollectionModel model, History history, CollectionOperations operations)
    {
        var untaken = Enumerable.Range(0, operations.Values.Count).Where(v => operations.Take[v] < 0)
            .OrderBy(v => operations.AddTo[v]).ToList();
        var wasLeftPeeked = operations.Peeks.Exists(p => operations.Take[p.Value] < 0);
        if (model.Order == TakeOrder.Oldest && !wasLeftPeeked)
        {
            Match(operations, untaken);
            return Order(model, history, operations);
        }

        var plain = Order(model, history, operations);
        if (plain.Clash is null || untaken.Count == 0 || operations.PendingTakes.Count == 0)
            return plain;
        Match(operations, untaken);
        var matched = Order(model, history, operations);
        if (matched.Clash is null)
            return matched;
        foreach (var value in untaken)
            operations.TakeAtAnyTime(value, operations.PendingTakes[0]);
        var relaxed = Order(model, history, operations);
        return relaxed.Clash is null ? null : relaxed;
    }

    static void Match(CollectionOperations operations, List<int> untaken)
    {
        for (var i = 0; i < Math.Min(untaken.Count, operations.PendingTakes.Count); i++)
            operations.TakeBy(untaken[i], operations.PendingTakes[i]);
    }

    static Ruling Order(CollectionModel model, History history, CollectionOperations operations) =>
        model.Order switch
        {
            TakeOrder.Oldest => QueueOrder.Of(operations, history),
            TakeOrder.Newest => StackOrder.Of(operations, history),
            _ => PriorityOrder.Of(operations, history),
        };
}
