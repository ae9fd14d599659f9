using Steelyard.Histories;

namespace Steelyard.Services.Designs.Cart.Promises;

/// <summary>The looks of a history, and what each may have shown.</summary>
internal sealed class CartLooks
{
    // The first time that a removal of an entry may have begun.
    readonly SortedDictionary<Value, int> _removedFrom = [];

    public CartLooks(History history)
    {
        foreach (var operation in history.Operations)
            if (operation.Function == CartWorkload.Remove && operation.MayHaveHappened)
                _removedFrom.TryAdd(operation.Input, operation.InvokedAt);
    }

    /// <summary>Whether an operation is a look that was answered.</summary>
    public static bool IsLook(Operation operation) =>
        operation.Function == CartWorkload.Look && operation.Outcome == Outcome.Ok;

    /// <summary>What a look showed.</summary>
    public static SortedSet<Value> EntriesOf(Operation look) => [.. look.Output.AsList.ToArray()];

    /// <summary>Whether somebody may have removed an entry before a look was answered.</summary>
    public bool MayBeRemoved(Value entry, Operation look) =>
        _removedFrom.TryGetValue(entry, out var from) && from < look.CompletedAt;

    /// <summary>Whether what a look showed can be no older than what is known.</summary>
    public bool Fits(Known known, Operation look, SortedSet<Value> shown) => known.IsRemoved
        ? !shown.Contains(known.Entry)
        : shown.Contains(known.Entry) || MayBeRemoved(known.Entry, look);
}
