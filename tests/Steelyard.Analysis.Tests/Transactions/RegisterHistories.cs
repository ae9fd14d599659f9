using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Transactions;

/// <summary>Lists read by their last element are registers.</summary>
internal static class RegisterHistories
{
    /// <summary>The history with <c>w</c> for <c>append</c>, and reads of the last element.</summary>
    public static History Of(History lists)
    {
        var builder = new HistoryBuilder();
        var numbers = new Dictionary<int, int>();
        var events = lists.Operations.Select(o => (At: o.InvokedAt, Operation: o, IsCall: true))
            .Concat(lists.Operations.Select(o => (At: o.CompletedAt, Operation: o, IsCall: false)))
            .OrderBy(e => e.At);
        foreach (var (_, operation, isCall) in events)
            if (isCall)
                numbers[operation.Index] = builder.Invoke(
                    operation.Process, Functions.Txn, Value.Nil, Of(operation.Input));
            else
                builder.Complete(numbers[operation.Index], operation.Outcome, Of(operation.Output));
        return builder.Build();
    }

    static Value Of(Value steps)
    {
        if (steps.IsNil)
            return steps;
        var changed = new List<Value>();
        foreach (var step in steps.AsList)
        {
            var value = step.AsList[2];
            var isRead = step.AsList[0].AsText == "r";
            var last = value.Kind != ValueKind.List || value.AsList.IsEmpty ? Value.Nil : value.AsList[^1];
            changed.Add(Value.List(isRead ? "r" : "w", step.AsList[1], isRead ? last : value));
        }

        return Value.List([.. changed]);
    }
}
