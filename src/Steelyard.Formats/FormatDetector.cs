using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>Tells a file's format from its first bytes.</summary>
internal static class FormatDetector
{
    // Enough to know any event by its first words.
    const int LongestLine = 200;

    /// <summary>The format.</summary>
    /// <exception cref="UserMistakeException">It looks like none of them; the message names what was
    /// tried.</exception>
    public static HistoryFormat Detect(ReadOnlySpan<byte> head, string name)
    {
        var text = SkipComments(Encoding.UTF8.GetString(head).TrimStart('\uFEFF'));
        if (text.Length == 0)
            throw new UserMistakeException($"{name} holds no event: expected a history in one of the formats"
                + $" {string.Join(", ", HistoryFormats.Names)}");
        return FormatOf(text) ?? throw Unknown(text, name);
    }

    static HistoryFormat? FormatOf(string text) => text[0] switch
    {
        _ when ViolinHistory.IsEvent(FirstPlainLine(text)) => HistoryFormat.ViolinHist,
        _ when FptlinHistory.IsOperation(FirstPlainLine(text)) => HistoryFormat.Fptlin,
        '{' => IsJson(text[1..]) ? HistoryFormat.Jsonl : EdnFormat(text),
        '[' => IsJson(text[1..].TrimStart().TrimStart('{')) ? HistoryFormat.JepsenJson : EdnFormat(text),
        '(' => EdnFormat(text),
        '#' when text.Length > 1 && char.IsAsciiLetter(text[1]) => HistoryFormat.JepsenEdn,
        _ when FirstLine(text).Contains("jepsen.util", StringComparison.Ordinal) =>
            HistoryFormat.PorcupineLog,
        '<' when text.Contains(KnossosTimeline.BoxStart, StringComparison.Ordinal) =>
            HistoryFormat.KnossosTimeline,
        _ when IsPlain(text) => HistoryFormat.Text,
        _ => SessionText.FormatOf(FirstLine(text)),
    };

    // In JSON a map's first key is a text and a colon follows; in EDN it is a keyword, or no colon follows.
    static bool IsJson(string inside)
    {
        var start = inside.TrimStart();
        if (!start.StartsWith('"'))
            return false;
        var end = start.IndexOf('"', 1);
        return end < 0 || start[(end + 1)..].TrimStart().StartsWith(':');
    }

    static HistoryFormat EdnFormat(string text)
    {
        var end = text.IndexOf('}', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return first.Contains(":key ", StringComparison.Ordinal)
            ? HistoryFormat.PorcupineKv
            : HistoryFormat.JepsenEdn;
    }

    static bool IsPlain(string text)
    {
        foreach (var raw in text.Split('\n'))
        {
            var words = raw.Split('#')[0].Split(
                ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length > 0)
                return words.Length > 2 && int.TryParse(words[0], out _)
                    && words[1] is "invoke" or "ok" or "fail" or "info";
        }

        return false;
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

    // The first line that is no comment, in the formats in which # begins one.
    static string FirstPlainLine(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.Trim() is { Length: > 0 } plain && !plain.StartsWith('#'))
                return plain[..Math.Min(plain.Length, LongestLine)].ToString();
        return "";
    }

    static string FirstLine(string text) => text.Split('\n')[0].TrimEnd('\r');

    static UserMistakeException Unknown(string text, string name)
    {
        var line = FirstLine(text);
        var shown = string.Concat(
            line[..Math.Min(line.Length, 40)].Select(one => char.IsControl(one) ? '?' : one));
        return new(
            $"{name} is in no known history format; it begins with \"{shown}\", and none of"
            + $" {string.Join(", ", HistoryFormats.Names)} does");
    }
}
