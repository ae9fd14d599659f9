using System.Globalization;
using Steelyard.Formats.Plain;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>
/// Histories as tests write them, one event a line: <c>process invoke|ok|fail|info function [key=K]
/// [value]</c>. Values are <c>nil</c>, integers, words, <c>[a, b]</c> and <c>{k: v}</c>; <c>#</c> starts a
/// comment.
/// </summary>
/// <example>
/// <code>
/// 0 invoke add 7
/// 0 ok     add 7
/// 1 invoke read key=x
/// 1 ok     read [4, 7]
/// </code>
/// </example>
public static class TextHistory
{
    extension(History)
    {
        /// <summary>Reads such lines; times are the line numbers, in milliseconds.</summary>
        /// <exception cref="UserMistakeException">A line is not of that form; the message names
        /// it.</exception>
        public static History Parse(string text) => Parse(text, new EventLines());
    }

    /// <summary>The same, with the line of each event.</summary>
    internal static History Parse(string text, EventLines lines)
    {
        var builder = new HistoryBuilder();
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
                continue;
            Add(builder, line, number);
            lines.Add(builder.EventCount, number);
        }

        return builder.Build();
    }

    static void Add(HistoryBuilder builder, string line, int number)
    {
        var words = line.Split(
            ' ', 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length < 3 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out var process))
            throw new UserMistakeException(
                $"line {number}: expected \"process invoke|ok|fail|info function [value]\","
                + $" found \"{line}\"");
        var (key, value) = KeyAndValue(words.Length > 3 ? words[3] : "", number);
        if (words[1] == "invoke")
        {
            Invoke(builder, process, words[2], key, value, number);
            return;
        }

        var outcome = words[1] switch
        {
            "ok" => Outcome.Ok,
            "fail" => Outcome.Fail,
            "info" => Outcome.Info,
            _ => throw new UserMistakeException(
                $"line {number}: expected invoke, ok, fail or info, found \"{words[1]}\""),
        };
        var operation = builder.OpenOperationOf(process)
            ?? throw new UserMistakeException(
                $"line {number}: process {process} has no open operation to complete");
        // Like Jepsen, a completed write repeats its argument; the result is kept all the same.
        builder.Complete(operation, outcome, value, TimeNs(number));
    }

    static void Invoke(
        HistoryBuilder builder, int process, string function, Value key, Value value, int number)
    {
        try
        {
            builder.Invoke(process, function, key, value, TimeNs(number));
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"line {number}: {mistake.Message}", mistake);
        }
    }

    static long TimeNs(int number) => number * 1_000_000L;

    static (Value Key, Value Value) KeyAndValue(string text, int number)
    {
        var key = Value.Nil;
        if (text.StartsWith("key=", StringComparison.Ordinal))
        {
            var end = text.IndexOf(' ', StringComparison.Ordinal);
            key = new TextValue(end < 0 ? text[4..] : text[4..end], number).ReadAll();
            text = end < 0 ? "" : text[end..].Trim();
        }

        return (key, text.Length == 0 ? Value.Nil : new TextValue(text, number).ReadAll());
    }
}
