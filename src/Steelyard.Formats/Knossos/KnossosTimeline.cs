using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Steelyard.Formats.Edn;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Knossos;

/// <summary>
/// The page on which Knossos drew a history: one box an operation, 16 pixels of height an event. The boxes'
/// tops and bottoms give back the order of all events; times are not on the page. A box of an unknown outcome
/// reaches to the bottom.
/// </summary>
internal sealed partial class KnossosTimeline(Stream stream, string name, EventAssembler events)
{
    /// <summary>How an operation's box begins.</summary>
    public const string BoxStart = "<div class=\"op ";

    const int PixelsAnEvent = 16;

    /// <summary>Reads the whole page.</summary>
    /// <exception cref="UserMistakeException">It is another page, or its boxes do not fit
    /// together.</exception>
    /// <exception cref="CutShortException">The page has no end.</exception>
    public void ReadAll()
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var page = reader.ReadToEnd();
        var rows = new SortedDictionary<int, EventFields>();
        var infos = new List<EventFields>();
        var (at, line) = (0, 1);
        for (var start = Next(page, 0); start >= 0; start = Next(page, start + 1))
        {
            line += page.AsSpan(at, start - at).Count('\n');
            at = start;
            var box = Box().Match(page, start);
            if (!box.Success)
                throw NotABox(page, start, line);
            Add(rows, infos, box, line);
        }

        if (!page.Contains("</html>", StringComparison.Ordinal))
            throw new CutShortException("expected </html>, found the end", line, 1);
        foreach (var row in rows.Values.Concat(infos))
            events.Add(row);
    }

    static int Next(string page, int from) => page.IndexOf(BoxStart, from, StringComparison.Ordinal);

    Exception NotABox(string page, int start, int line) =>
        page.IndexOf("</div>", start, StringComparison.Ordinal) < 0
            ? new CutShortException("expected </div>, found the end", line, 1)
            : new UserMistakeException(
                $"{name} line {line}: expected an operation as Knossos draws it (class, style with top"
                + " and height, title, \"process :function value\"), found another box");

    void Add(SortedDictionary<int, EventFields> rows, List<EventFields> infos, Match box, int line)
    {
        var process = box.Groups["process"].Value;
        var fields = new EventFields
        {
            Line = line,
            Process = int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : process,
            Function = box.Groups["function"].Value,
            Payload = PayloadOf(WebUtility.HtmlDecode(box.Groups["value"].Value), line),
        };
        var (top, height) = (Row(box.Groups["top"], line), Row(box.Groups["height"], line));
        var invocation = fields with { Type = "invoke" };
        if (fields.Function == Functions.Read)
            invocation.Payload = Value.Nil;
        Place(rows, top, invocation);
        var type = box.Groups["type"].Value;
        var completion = fields with { Type = type, Error = ErrorOf(box.Groups["title"].Value) };
        if (type == "info")
            infos.Add(completion);
        else
            Place(rows, top + height, completion);
    }

    int Row(Group pixels, int line) =>
        int.TryParse(pixels.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number % PixelsAnEvent == 0
            ? number / PixelsAnEvent
            : throw new UserMistakeException(
                $"{name} line {line}: expected a multiple of {PixelsAnEvent} pixels, found {pixels.Value}");

    void Place(SortedDictionary<int, EventFields> rows, int row, EventFields fields)
    {
        if (!rows.TryAdd(row, fields))
            throw new UserMistakeException(
                $"{name} line {fields.Line}: two events stand at {row * PixelsAnEvent} pixels");
    }

    Value PayloadOf(string text, int line)
    {
        if (text.Length == 0)
            return Value.Nil;
        var reader = new EdnReader(new ByteReader(Encoding.UTF8.GetBytes(text)), name);
        try
        {
            return reader.Read();
        }
        catch (CutShortException cut)
        {
            throw new UserMistakeException(
                $"{name} line {line}, in the value \"{text}\": {cut.Message}", cut);
        }
    }

    // The title's first line is how long it took, the second what went wrong, or nil.
    static Value ErrorOf(string title)
    {
        var text = WebUtility.HtmlDecode(title);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var error = end < 0 ? "nil" : text[(end + 1)..];
        return error == "nil" ? Value.Nil : error;
    }

    [GeneratedRegex(
        "\\G<div class=\"op (?<type>ok|fail|info)\" style=\"[^\"]*top:(?<top>[0-9]+);height:(?<height>[0-9]+)"
        + "\" title=\"(?<title>[^\"]*)\">(?<process>[^ <]+) :(?<function>[^ <]+) ?(?<value>[^<]*)</div>",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: -1)]
    private static partial Regex Box();
}
