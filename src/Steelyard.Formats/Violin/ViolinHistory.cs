using System.Globalization;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Violin;

/// <summary>
/// The histories of Violin and LiMo (<c>.hist</c>), one event a line: <c>[process] call push(3)</c>, later
/// <c>[process] return</c> or <c>[process] return 3</c>. A take that returns nothing, or the word empty,
/// found nothing; where the call itself names an element, that is what it took. Calls that never return
/// stay open.
/// </summary>
internal sealed class ViolinHistory(ByteReader bytes, string name, EventAssembler events)
{
    const string ObjectMark = "@object";
    const string Call = "call";
    const string Return = "return";

    readonly Dictionary<int, (string Function, Value Argument)> _open = [];

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">A line is not of that form.</exception>
    /// <exception cref="CutShortException">The last line ends in the middle.</exception>
    public void ReadAll()
    {
        foreach (var line in TextLines.Of(bytes, name))
            if (line.Text.StartsWith('#'))
                ReadComment(line.Text[1..].Trim());
            else
                ReadEvent(line);
    }

    /// <summary>Whether a line is an event of this form.</summary>
    public static bool IsEvent(string line) =>
        Words(line) is var (_, what, _) && what is Call or Return;

    void ReadComment(string comment)
    {
        if (comment.StartsWith(ObjectMark, StringComparison.Ordinal))
            events.Object = comment[ObjectMark.Length..].Trim();
    }

    void ReadEvent(TextLine line)
    {
        if (Words(line.Text) is not var (process, what, rest) || what is not (Call or Return)
            || (what == Call && rest.Length == 0))
            throw Unexpected(line);
        if (what == Call)
            AddCall(process, rest, line);
        else
            AddReturn(process, rest, line);
    }

    void AddCall(int process, string rest, TextLine line)
    {
        var end = rest.IndexOfAny(['(', ' ', '\t']);
        var function = end < 0 ? rest : rest[..end];
        var argument = end < 0 ? "" : rest[end..].Trim();
        if (argument.StartsWith('('))
            argument = argument.EndsWith(')') ? argument[1..^1].Trim() : throw Unexpected(line);
        if (function.Length == 0)
            throw Unexpected(line);
        var input = ArgumentOf(argument);
        _open[process] = (function, input);
        events.Add(new()
        {
            Line = line.Number,
            Process = process,
            Type = "invoke",
            Function = function,
            Payload = IsTake(function) ? Value.Nil : input,
        });
    }

    void AddReturn(int process, string rest, TextLine line)
    {
        _open.Remove(process, out var call);
        var output = rest == "empty" ? Value.Nil : ArgumentOf(rest);
        events.Add(new()
        {
            Line = line.Number,
            Process = process,
            Type = "ok",
            Payload = rest.Length == 0 && IsTake(call.Function) ? call.Argument : output,
        });
    }

    // What a take is called with can only be what it found.
    static bool IsTake(string? function) =>
        function is "pop" or "deq" or "dequeue" or "get" or "rem" or "poll" or "take" or "peek";

    // Several arguments are a comma and a blank apart; a comma alone may be part of a name: ?<1,2>.
    static Value ArgumentOf(string text)
    {
        if (text.Length == 0)
            return Value.Nil;
        var words = text.Split(", ", StringSplitOptions.TrimEntries);
        return words.Length == 1
            ? TextLines.ValueOf(text)
            : Value.List([.. words.Select(TextLines.ValueOf)]);
    }

    static (int Process, string What, string Details)? Words(string line)
    {
        var end = line.IndexOf(']', StringComparison.Ordinal);
        if (!line.StartsWith('[') || end < 0 || !int.TryParse(
                line.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var process))
            return null;
        var words = line[(end + 1)..].Split(
            (char[])[' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length == 0 ? null : (process, words[0], words.Length > 1 ? words[1] : "");
    }

    Exception Unexpected(TextLine line) => line.IsCut
        ? new CutShortException("the last line is no whole event", line.Number, line.Text.Length + 1)
        : new UserMistakeException(
            $"{name} line {line.Number}: expected \"[process] call function\" or \"[process] return value\","
                + $" found \"{line.Text}\"");
}
