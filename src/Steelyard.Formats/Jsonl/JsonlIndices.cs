using Steelyard.Histories;

namespace Steelyard.Formats.Jsonl;

/// <summary>
/// The index of each line of a <c>history.jsonl</c>. An operation keeps the index by which people know it
/// (<see cref="Operation.RecordedIndex"/>) wherever there is room for the other events before it; else events
/// are counted from 0.
/// </summary>
/// <param name="history">What is written.</param>
internal sealed class JsonlIndices(History history)
{
    readonly bool _keeps = HasRoom(history);
    long _last = -1;

    /// <summary>The index of the next event.</summary>
    public long Next(HistoryEntry entry) =>
        _last = _keeps && entry is { Operation: >= 0, IsCompletion: false }
            ? history[entry.Operation].RecordedIndex
            : _last + 1;

    static bool HasRoom(History history)
    {
        var (index, position) = (-1L, -1);
        foreach (var operation in history.Operations)
        {
            if (operation.RecordedIndex - index < operation.InvokedAt - position)
                return false;
            (index, position) = (operation.RecordedIndex, operation.InvokedAt);
        }

        return true;
    }
}
