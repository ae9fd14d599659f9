using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>
/// In which order the events of a file happened: the order of its lines, or that of its times. Where the two
/// contradict each other somebody must say which is right, unless the file numbers its events.
/// </summary>
/// <param name="asked">What the user said; null is nothing.</param>
internal sealed class EventOrder(LineOrder? asked)
{
    readonly List<EventFields> _waiting = [];
    (long Time, int Line) _lastInvoked = (long.MinValue, 0);
    (long Time, int Line) _lastCompleted = (long.MinValue, 0);
    int _contradictions;
    string? _first;

    /// <summary>True when events wait until all are read.</summary>
    public bool IsByTime => asked == LineOrder.Time;

    /// <summary>What the reader of a verdict should know, or null.</summary>
    public string? Warning => _contradictions == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_contradictions:N0} times contradict the order of the lines, which was kept; the first: {_first}");

    /// <summary>Keeps an event back.</summary>
    public void Wait(in EventFields fields) => _waiting.Add(fields);

    /// <summary>Those kept back, by time; what has no time follows the line before it.</summary>
    public IEnumerable<EventFields> ByTime()
    {
        var last = long.MinValue;
        var timed = new List<(long Time, EventFields Fields)>(_waiting.Count);
        foreach (var fields in _waiting)
            timed.Add((last = fields.Time.IsInteger ? fields.Time.AsInteger : last, fields));
        return timed.OrderBy(entry => entry.Time).Select(entry => entry.Fields);
    }

    /// <summary>Looks at the next event of a client in the order of lines. What was invoked together, or
    /// was completed together, may stand in any order: that says nothing of what came before what.</summary>
    /// <exception cref="UserMistakeException">Lines and times differ in whether an operation was complete
    /// when another was invoked, and nobody said what to make of that.</exception>
    public void Look(in EventFields fields)
    {
        // Where an outcome is unknown, its time is that of giving up.
        if (!fields.Time.IsInteger || fields.Type == "info")
            return;
        var time = fields.Time.AsInteger;
        ref var same = ref fields.Type == "invoke" ? ref _lastInvoked : ref _lastCompleted;
        var other = fields.Type == "invoke" ? _lastCompleted : _lastInvoked;
        if (time < other.Time)
            Contradict(fields, time, other);
        if (time > same.Time)
            same = (time, fields.Line);
    }

    void Contradict(in EventFields fields, long time, (long Time, int Line) other)
    {
        if (asked is null && fields.Index.IsNil)
            throw new UserMistakeException(
                $"expected times that ascend with the lines, found {time} after {other.Time} of line"
                + $" {other.Line}; --order lines or --order time says which is right");
        _first ??= $"line {fields.Line} has {time} after {other.Time} of line {other.Line}";
        _contradictions++;
    }
}
