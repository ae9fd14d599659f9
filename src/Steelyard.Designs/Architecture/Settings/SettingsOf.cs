using System.Globalization;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Settings;

/// <summary>Makes settings from what a record has.</summary>
/// <typeparam name="T">The record.</typeparam>
internal static class SettingsOf<T>
{
    const int MostCount = 1_000_000_000;

    /// <summary>A whole number from 1 up; where there may be none, <c>none</c>.</summary>
    public static Setting<T> Count(
        string key, string meaning, Func<T, int> get, Func<T, int, T> with, int least = 1) =>
        new(key, $"a whole number from {least} up", meaning)
        {
            Read = (one, text) => with(one, ReadCount(text, least)),
            Show = one => Text(get(one)),
        };

    /// <summary>A whole number from 1 up, or <c>none</c>.</summary>
    public static Setting<T> Limit(
        string key, string meaning, Func<T, int?> get, Func<T, int?, T> with, int least = 1) =>
        new(key, $"a whole number from {least} up, or none", meaning)
        {
            Read = (one, text) => with(one, text == None ? null : ReadCount(text, least)),
            Show = one => get(one) is { } count ? Text(count) : None,
        };

    /// <summary>A duration from 0s up.</summary>
    public static Setting<T> Time(
        string key, string meaning, Func<T, TimeSpan> get, Func<T, TimeSpan, T> with) =>
        new(key, "a duration from 0s up", meaning)
        {
            Read = (one, text) => with(one, ReadTime(text, least: TimeSpan.Zero)),
            Show = one => Durations.Format(get(one)),
        };

    /// <summary>A duration above 0s, or <c>none</c>.</summary>
    public static Setting<T> TimeOrNone(
        string key, string meaning, Func<T, TimeSpan?> get, Func<T, TimeSpan?, T> with) =>
        new(key, "a duration above 0s, or none", meaning)
        {
            Read = (one, text) =>
                with(one, text == None ? null : ReadTime(text, least: TimeSpan.FromTicks(1))),
            Show = one => get(one) is { } time ? Durations.Format(time) : None,
        };

    /// <summary>How long something takes: a <see cref="TakesTime"/>.</summary>
    public static Setting<T> Takes(
        string key, string meaning, Func<T, TakesTime> get, Func<T, TakesTime, T> with) =>
        new(key, TakesTime.Shape, meaning)
        {
            Read = (one, text) => with(one, TakesTime.Parse(text)),
            Show = one => get(one).ToString(),
        };

    /// <summary>A share from 0 to 1, as <c>0.95</c> or <c>95%</c>.</summary>
    public static Setting<T> Share(
        string key, string meaning, Func<T, double> get, Func<T, double, T> with) =>
        new(key, "a share such as 0.95 or 95%", meaning)
        {
            Read = (one, text) => with(one, ReadShare(text)),
            Show = one => Text(get(one)),
        };

    /// <summary>A share from 0 to 1, or <c>none</c>.</summary>
    public static Setting<T> ShareOrNone(
        string key, string meaning, Func<T, double?> get, Func<T, double?, T> with) =>
        new(key, "a share such as 0.1 or 10%, or none", meaning)
        {
            Read = (one, text) => with(one, text == None ? null : ReadShare(text)),
            Show = one => get(one) is { } share ? Text(share) : None,
        };

    /// <summary>A number from 0 up.</summary>
    public static Setting<T> Number(
        string key, string meaning, Func<T, double> get, Func<T, double, T> with) =>
        new(key, "a number from 0 up", meaning)
        {
            Read = (one, text) => with(one, ReadNumber(text)),
            Show = one => Text(get(one)),
        };

    /// <summary>So many a second, as <c>100/s</c> or <c>100</c>, or <c>none</c>.</summary>
    public static Setting<T> Rate(
        string key, string meaning, Func<T, double?> get, Func<T, double?, T> with) =>
        new(key, "so many a second, such as 100/s, or none", meaning)
        {
            Read = (one, text) => with(one, text == None ? null : ReadRate(text)),
            Show = one => get(one) is { } rate ? Text(rate) + "/s" : None,
        };

    /// <summary>True or false.</summary>
    public static Setting<T> Flag(string key, string meaning, Func<T, bool> get, Func<T, bool, T> with) =>
        new(key, "true or false", meaning)
        {
            Read = (one, text) => with(one, text is "true" or "false"
                ? text == "true" : throw Mistake("true or false", text)),
            Show = one => get(one) ? "true" : "false",
            Choices = ["true", "false"],
        };

    /// <summary>One of some words.</summary>
    public static Setting<T> Word(
        string key, string meaning, IReadOnlyList<string> words, Func<T, string> get,
        Func<T, string, T> with) =>
        new(key, string.Join(" | ", words), meaning)
        {
            Read = (one, text) => with(one, words.Contains(text, StringComparer.Ordinal)
                ? text : throw Mistake($"one of {string.Join(", ", words)}", text, words)),
            Show = get,
            Choices = words,
        };

    const string None = "none";

    static int ReadCount(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= least && count <= MostCount
            ? count : throw Mistake($"a whole number from {least} to {MostCount:N0}", text);

    static TimeSpan ReadTime(string text, TimeSpan least) =>
        Durations.TryParse(text, out var time) && time >= least
            ? time
            : throw Mistake($"a duration {(least > TimeSpan.Zero ? "above 0s" : "from 0s up")}", text);

    static double ReadShare(string text)
    {
        var isPercent = text.EndsWith('%');
        return double.TryParse(
            text.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && (isPercent ? number / 100 : number) is >= 0 and <= 1 and var share
            ? share : throw Mistake("a share from 0 to 1 or 0% to 100%", text);
    }

    static double ReadNumber(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && double.IsFinite(number)
            ? number : throw Mistake("a number from 0 up", text);

    static double ReadRate(string text) =>
        double.TryParse(
            text.EndsWith("/s", StringComparison.Ordinal) ? text[..^2] : text, NumberStyles.Float,
            CultureInfo.InvariantCulture, out var rate)
            && rate > 0 && rate <= CommonOptions.MostPerSecond
            ? rate
            : throw Mistake($"so many a second, above 0 and at most {CommonOptions.MostPerSecond:N0}", text);

    static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static UserMistakeException Mistake(string expected, string found, IReadOnlyList<string>? words = null) =>
        new($"expected {expected}, found \"{found}\"{(words is null ? "" : Suggestion.For(found, words))}");
}
