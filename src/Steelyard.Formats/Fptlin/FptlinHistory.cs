using System.Globalization;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Fptlin;

/// <summary>
/// The histories of fptlin, one complete operation a line: <c>process start end OPERATION values</c>; the
/// first line names the object (<c># stack</c>). Times are whole numbers of no unit. An end comes before a
/// start at the same time, as fptlin itself sorts them; an operation that ends when it starts comes between
/// the two.
/// </summary>
internal sealed class FptlinHistory(ByteReader bytes, string name, EventAssembler events)
{
    // How fptlin writes that a take or a look found nothing.
    const long Empty = -1;

    readonly List<Interval> _intervals = [];

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">A line is not of that form, or a process does two things at
    /// once.</exception>
    /// <exception cref="CutShortException">The last line ends in the middle.</exception>
    public void ReadAll()
    {
        foreach (var line in TextLines.Of(bytes, name))
            if (!line.Text.StartsWith('#'))
                ReadOperation(line);
            else if (_intervals.Count == 0)
                events.Object ??= line.Text[1..].Trim();
        AddEvents();
    }

    /// <summary>Whether a line is an operation of this form.</summary>
    public static bool IsOperation(string line)
    {
        var words = Words(line);
        return words.Length >= 4 && IsNumber(words[0]) && IsNumber(words[1]) && IsNumber(words[2])
            && char.IsAsciiLetter(words[3][0]);
    }

    void ReadOperation(TextLine line)
    {
        var words = Words(line.Text);
        if (!IsOperation(line.Text) || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var process)
            || ShapeOf(words[3], [.. words[4..].Select(TextLines.ValueOf)])
                is not var (function, input, output))
            throw line.IsCut
                ? new CutShortException("the last line is no whole operation", line.Number, line.Text.Length)
                : Unexpected(line);
        var interval = new Interval(
            process, ulong.Parse(words[1], CultureInfo.InvariantCulture),
            ulong.Parse(words[2], CultureInfo.InvariantCulture), function, input, output, line.Number);
        if (interval.End < interval.Start)
            throw new UserMistakeException(
                $"{name} line {line.Number}: expected an end not before the start {interval.Start},"
                    + $" found {interval.End}");
        _intervals.Add(interval);
    }

    // Complete operations, in any order: their ends are sorted into the starts.
    void AddEvents()
    {
        var order = new List<(ulong Time, int Turn, int Interval)>(_intervals.Count * 2);
        foreach (var (number, interval) in _intervals.Index())
        {
            var isInstant = interval.Start == interval.End;
            order.Add((interval.Start, isInstant ? 1 : 3, number));
            order.Add((interval.End, isInstant ? 2 : 0, number));
        }

        order.Sort();
        foreach (var (_, turn, number) in order)
            Add(_intervals[number], isStart: turn is 1 or 3);
    }

    void Add(Interval interval, bool isStart) => events.Add(new()
    {
        Line = interval.Line,
        Process = interval.Process,
        Type = isStart ? "invoke" : "ok",
        Function = interval.Function,
        Payload = isStart ? interval.Input : interval.Output,
    });

    // The priority queues of fptlin give their greatest element first.
    (string Function, Value Input, Value Output)? ShapeOf(string operation, Value[] values) =>
        (operation, values) switch
        {
            ("PUSH" or "ENQ" or "INSERT", [var added]) => (Lower(operation), added, Value.Nil),
            ("INSERT" or "REMOVE" or "CONTAINS", [var element, var truth]) =>
                (Lower(operation), element, truth),
            ("PEEK" or "POLL", [var found]) when events.Object == "priorityqueue" =>
                (operation == "PEEK" ? "peek-max" : "take-max", Value.Nil, Found(found)),
            ("POP" or "DEQ" or "PEEK" or "POLL", [var found]) => (Lower(operation), Value.Nil, Found(found)),
            ("INCR" or "DECR", [var truth]) => (Lower(operation), Value.Nil, truth),
            ("READ_MODIFY_WRITE", [var read, var written]) => (Functions.Rmw, written, read),
            _ => null,
        };

    static string Lower(string operation) => operation.ToLowerInvariant();

    static Value Found(Value value) => value == Empty ? Value.Nil : value;

    static string[] Words(string line) => line.Split(
        (char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    static bool IsNumber(string word) =>
        ulong.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    UserMistakeException Unexpected(TextLine line) => new(
        $"{name} line {line.Number}: expected \"process start end OPERATION values\", such as"
            + $" \"0 1 5 PUSH 1\", found \"{line.Text}\"");

    readonly record struct Interval(
        int Process, ulong Start, ulong End, string Function, Value Input, Value Output, int Line);
}
