using Steelyard.Formats.Reading;

namespace Steelyard.Formats.Edn;

/// <summary>A format of operation maps in EDN; what they hold tells which.</summary>
internal abstract class EdnFormat : EventFormat
{
    internal sealed override bool IsBegunBy(FileHead head) =>
        IsEdn(head) && IsFirstMap(FirstMap(head.Text));

    /// <summary>Whether a file whose first map is this one, as far as it was read, is of this
    /// format.</summary>
    protected abstract bool IsFirstMap(string map);

    protected sealed override void ReadEvents(Stream stream, string name, EventAssembler events) =>
        new EdnHistory(new ByteReader(stream), name, events).ReadAll();

    static bool IsEdn(FileHead head) => head.Text[0] switch
    {
        '{' => !FileHead.IsJson(head.Text[1..]),
        '[' => !IsNumbered(head.Text) && !FileHead.IsJson(head.Text[1..].TrimStart().TrimStart('{')),
        '(' or '^' => true,
        '#' => IsTagged(head.FirstLine),
        _ => false,
    };

    // In other formats # begins a comment.
    static bool IsTagged(string line) =>
        line.Length > 1 && (char.IsAsciiLetter(line[1]) || line[1] is ':' or '_' or '^')
        && line.Contains('{', StringComparison.Ordinal);

    // A number in brackets begins a line of another format, and no vector of maps.
    static bool IsNumbered(string text) => text.Length > 1 && char.IsAsciiDigit(text[1]);

    static string FirstMap(string text)
    {
        var end = text.IndexOf('}', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
