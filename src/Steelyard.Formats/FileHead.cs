using System.Text;
using Steelyard.Formats.Json;

namespace Steelyard.Formats;

/// <summary>The first bytes of a file, by which formats know their own.</summary>
internal sealed class FileHead
{
    // Enough to know any event by its first words.
    const int LongestLine = 200;
    const int MostShown = 40;
    const int MostBytes = 64;

    public FileHead(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes[..Math.Min(bytes.Length, MostBytes)].ToArray();
        Text = SkipComments(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'));
        var end = Text.IndexOf('\n', StringComparison.Ordinal);
        FirstLine = (end < 0 ? Text : Text[..end]).TrimEnd('\r');
        FirstPlainLine = PlainLine(Text);
        FirstObject = new(() => Json.FirstObject.In(Text));
    }

    /// <summary>The first few bytes, for formats that are no text.</summary>
    public byte[] Bytes { get; }

    /// <summary>The text from the first letter that is no space and in no comment.</summary>
    public string Text { get; }

    /// <summary>Its first JSON object; null where it begins with none. Several formats ask for it.</summary>
    public Lazy<FirstObject?> FirstObject { get; }

    /// <summary>Its first line.</summary>
    public string FirstLine { get; }

    /// <summary>The first line that is no comment, in the formats in which # begins one; cut when it is
    /// long.</summary>
    public string FirstPlainLine { get; }

    /// <summary>How it begins, for messages.</summary>
    public string Shown => string.Concat(
        FirstLine[..Math.Min(FirstLine.Length, MostShown)].Select(one => char.IsControl(one) ? '?' : one));

    /// <summary>Whether JSON stands at a place: there a map's first key is a text and a colon follows; in EDN
    /// it is a keyword, or no colon follows.</summary>
    public static bool IsJson(string inside)
    {
        var start = inside.TrimStart();
        if (!start.StartsWith('"'))
            return false;
        var end = start.IndexOf('"', 1);
        return end < 0 || start[(end + 1)..].TrimStart().StartsWith(':');
    }

    static string SkipComments(string text)
    {
        text = text.TrimStart(' ', '\t', '\r', '\n', ',');
        while (text.StartsWith(';'))
        {
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            text = end < 0 ? "" : text[end..].TrimStart(' ', '\t', '\r', '\n', ',');
        }

        return text;
    }

    static string PlainLine(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.Trim() is { Length: > 0 } plain && !plain.StartsWith('#'))
                return plain[..Math.Min(plain.Length, LongestLine)].ToString();
        return "";
    }
}
