using System.Globalization;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands.Retries;

/// <summary>What becomes of attempts, as somebody writes it: <c>unavailable@20ms,ok</c>.</summary>
internal static class AttemptWords
{
    const string Silent = "silent";
    const string NeverSent = "never-sent";
    const string NeverSeen = "never-seen";
    const string PushbackSign = "+pushback=";
    const int MostTimes = 1_000;

    static readonly Dictionary<string, GrpcStatus> Statuses = Enum.GetValues<GrpcStatus>()
        .ToDictionary(status => Plain(status.ToString()), StringComparer.Ordinal);

    /// <summary>What can be written, for help.</summary>
    public const string Help =
        "What becomes of each attempt, apart by commas; the last one goes on: a status of gRPC such as ok,"
        + " unavailable or invalid-argument, silent (no answer ever), never-sent (it never left the client)"
        + " or never-seen (the server's library dropped it); @20ms says how long it takes, +pushback=1s or"
        + " +pushback=never what the server says of trying again, *5 how often";

    /// <summary>Reads them.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="usual">What an attempt takes where that is not said.</param>
    /// <exception cref="UserMistakeException">A word is none of these.</exception>
    public static IReadOnlyList<AttemptOutcome> Of(string text, TimeSpan usual) =>
        [.. text.Split(',').SelectMany(word => Repeated(word.Trim(), usual))];

    /// <summary>Reads statuses.</summary>
    /// <exception cref="UserMistakeException">A word is none.</exception>
    public static IReadOnlySet<GrpcStatus> StatusesOf(string text, string option)
    {
        var statuses = text.Split(',').Select(word => StatusOf(word.Trim(), option)).ToHashSet();
        return statuses.Contains(GrpcStatus.Ok)
            ? throw new UserMistakeException($"{option}: expected statuses that are failures, found \"ok\"")
            : statuses;
    }

    /// <summary>A status as gRPC writes it: INVALID_ARGUMENT.</summary>
    public static string Told(GrpcStatus status) => string.Concat(status.ToString().Select((one, place) =>
        place > 0 && char.IsUpper(one) ? $"_{one}" : $"{char.ToUpperInvariant(one)}"));

    static IEnumerable<AttemptOutcome> Repeated(string word, TimeSpan usual)
    {
        var star = word.LastIndexOf('*');
        if (star < 0)
            return [One(word, usual)];
        var times = int.TryParse(
            word.AsSpan(star + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is >= 1 and <= MostTimes
            ? count
            : throw Mistake($"a whole number from 1 to {MostTimes:N0} after *", word);
        return Enumerable.Repeat(One(word[..star], usual), times);
    }

    static AttemptOutcome One(string word, TimeSpan usual)
    {
        var plus = word.IndexOf('+', StringComparison.Ordinal);
        var pushback = plus < 0 ? Pushback.None : PushbackOf(word[plus..], word);
        var rest = plus < 0 ? word : word[..plus];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var after = at < 0 ? usual : TimeOf(rest[(at + 1)..], word);
        return (at < 0 ? rest : rest[..at]) switch
        {
            Silent => at < 0 && plus < 0
                ? new(GrpcStatus.Unknown, null)
                : throw Mistake("silent alone: nobody ever answers", word),
            NeverSent => new(GrpcStatus.Unavailable, after, pushback, AttemptReach.NeverSent),
            NeverSeen => new(GrpcStatus.Unavailable, after, pushback, AttemptReach.NeverSeen),
            var name => new(StatusOf(name, "--outcomes"), after, pushback),
        };
    }

    static Pushback PushbackOf(string text, string word)
    {
        if (!text.StartsWith(PushbackSign, StringComparison.Ordinal))
            throw Mistake("+pushback=1s or +pushback=never", word);
        var said = text[PushbackSign.Length..];
        return said == "never" ? new(null, Forbids: true) : new(TimeOf(said, word));
    }

    static TimeSpan TimeOf(string text, string word) =>
        Durations.TryParse(text, out var time) && time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1)
            ? time
            : throw Mistake("a time such as 20ms, up to a day", word);

    static GrpcStatus StatusOf(string word, string option) =>
        Statuses.TryGetValue(Plain(word), out var status) ? status : throw new UserMistakeException(
            $"{option}: expected a status of gRPC such as ok, unavailable or invalid-argument"
            + (option == "--outcomes" ? $", {Silent}, {NeverSent} or {NeverSeen}" : "")
            + $", found \"{word}\"");

    static string Plain(string word) => string.Concat(word.Where(one => one is not ('-' or '_')))
        .ToUpperInvariant();

    static UserMistakeException Mistake(string expected, string word) =>
        new($"--outcomes: expected {expected}, found \"{word}\"");
}
