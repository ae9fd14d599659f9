using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Collections;

/// <summary>What to name of a queue that has no order (<see cref="QueuePairs"/>): the first operation without
/// which those before it have one, and as few of the last ones as have none alone.</summary>
internal sealed class QueueContradiction(CollectionModel model, History history, List<int> part, long limit)
{
    const int FewestNamed = 8;

    /// <summary>The anomaly.</summary>
    public Anomaly Find()
    {
        var (ordered, without) = (0, part.Count);
        while (without - ordered > 1)
        {
            var middle = (ordered + without) / 2;
            if (HasNoOrder(part[..middle]))
                without = middle;
            else
                ordered = middle;
        }

        return new(
            "not-linearizable",
            $"{Witness.Shortened(history[part[without - 1]].ToString())} has no explanation: no order of what"
            + " was added before has it in that place",
            LastOf(part[..without]));
    }

    List<int> LastOf(List<int> operations)
    {
        for (var count = FewestNamed; count < operations.Count; count *= 2)
            if (HasNoOrder(operations[^count..]))
                return operations[^count..];
        return operations;
    }

    bool HasNoOrder(List<int> operations)
    {
        QueuePairs.Of(model, history, operations)!.Search(limit, out var end);
        return end == SearchEnd.None;
    }
}
