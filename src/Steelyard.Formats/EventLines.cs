namespace Steelyard.Formats;

/// <summary>
/// On which line of its file each event of a history stands. Most files tell one event a line, so only the
/// places are kept at which positions and lines go apart.
/// </summary>
public sealed class EventLines
{
    readonly List<(int Position, int Ahead)> _runs = [];
    int _next;

    /// <summary>The line of an event, 1-based; null when no such event was read.</summary>
    /// <param name="position">Its position in the history, 0-based.</param>
    public int? Of(int position)
    {
        if ((uint)position >= (uint)_next)
            return null;
        var run = _runs.FindLastIndex(run => run.Position <= position);
        return position + _runs[run].Ahead;
    }

    /// <summary>Takes the line of all events up to a position, as far as it has none yet.</summary>
    internal void Add(int end, int line)
    {
        for (; _next < end; _next++)
            if (_runs.Count == 0 || _runs[^1].Ahead != line - _next)
                _runs.Add((_next, line - _next));
    }
}
