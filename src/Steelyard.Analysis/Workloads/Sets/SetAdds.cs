using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Sets;

/// <summary>The adds of one element, however often it was tried.</summary>
internal sealed class SetAdds
{
    SetAdds(Operation first) => First = first;

    /// <summary>The first add of all.</summary>
    public Operation First { get; }

    /// <summary>The first that may have happened, or null when all failed.</summary>
    public Operation? Attempt { get; private set; }

    /// <summary>The first to end Ok, or null.</summary>
    public Operation? Acknowledged { get; private set; }

    /// <summary>The adds by element, in order of their first invocation.</summary>
    /// <param name="operations">Operations of one set.</param>
    /// <param name="function">The one that adds its input.</param>
    public static Dictionary<Value, SetAdds> ByElement(
        List<Operation> operations, string function = FinalSet.Add)
    {
        var adds = new Dictionary<Value, SetAdds>();
        foreach (var operation in operations)
        {
            if (operation.Function != function)
                continue;
            if (!adds.TryGetValue(operation.Input, out var element))
                adds.Add(operation.Input, element = new(operation));
            if (!operation.MayHaveHappened)
                continue;
            element.Attempt ??= operation;
            if (operation.Outcome == Outcome.Ok
                && (element.Acknowledged is not { } known || operation.CompletedAt < known.CompletedAt))
                element.Acknowledged = operation;
        }

        return adds;
    }

    /// <summary>Why a read cannot have seen this element, or null when it can.</summary>
    public static string? WhyUnexpected(SetAdds? adds, Operation read) => adds switch
    {
        null => "which nobody added",
        { Attempt: null } => "though its add had failed",
        { Attempt: { } attempt } when attempt.InvokedAt > read.CompletedAt =>
            "though its add began only later",
        _ => null,
    };
}
