using System.CommandLine;
using System.Globalization;
using Steelyard.Histories;
using Steelyard.Live.Faults;
using Steelyard.Runs;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>The options that every design takes; also those of the run itself.</summary>
internal sealed class CommonOptionSet
{
    readonly Option<string?> _nodes = Text(
        "--nodes", "count", "Servers; the design's own number when not given");
    readonly Option<string?> _clients = Text(
        "--clients", "count", "Clients that ask, each one thing at a time");
    readonly Option<string?> _rate = Text(
        "--rate", "per second", "Requests due a second, over all clients");
    readonly Option<string?> _duration = Text(
        "--duration", "time", "How long operations arrive, such as 30s or 2m");
    readonly Option<string?> _slo = Text(
        "--slo", "time",
        "How soon after it is due a request must be answered to count as available, such as 200ms; the"
        + " design's own when not given");
    readonly Option<string?> _seed = Text(
        "--seed", "number", "The number the run grows from, such as 42 or 0x2a; 1 when not given");
    readonly Option<string[]> _expect = ExpectOption();
    readonly Option<string?> _faults;

    /// <summary>The options of a command.</summary>
    /// <param name="isOfEngines">Whether it runs real engines, which have faults of their own.</param>
    public CommonOptionSet(bool isOfEngines = false)
    {
        string[] own = isOfEngines
            ? [.. LiveFaultRules.Own.Select(kind => kind.Word).Except(FaultChoice.Names)]
            : [];
        _faults = Text(
            "--faults", "which",
            $"What breaks: {string.Join(", ", FaultChoice.Names)}, a faults.yaml, or several of them with"
            + " commas; story when not given"
            + (own.Length > 0 ? $"; of live engines also {string.Join(", ", own)}" : ""));
        _faults.CompletionSources.Add([.. FaultChoice.Names, .. own]);
    }

    /// <summary>Adds the options, for this command and those below it.</summary>
    public void AddTo(Command command, bool withSeed)
    {
        foreach (var option in new[] { _nodes, _clients, _rate, _duration, _slo, _faults })
            command.Add(option);
        command.Add(_expect);
        if (withSeed)
            command.Add(_seed);
    }

    public CommonOptions Read(ParseResult parsed) => new()
    {
        Nodes = Count(parsed, _nodes),
        Clients = Count(parsed, _clients),
        RatePerSecond = Rate(parsed),
        Duration = DurationAboveZero(parsed, _duration),
        Slo = DurationAboveZero(parsed, _slo),
        Expect = Limits(parsed, _expect),
    };

    /// <summary>What measurements must be.</summary>
    public static Option<string[]> ExpectOption() => new("--expect")
    {
        Description = "What a measurement must be, such as 'p99 < 200ms' or 'availability-minority >= 99%': a"
            + " promise like the design's own; as often as wanted",
        HelpName = "limit",
        Recursive = true,
    };

    /// <summary>What such an option was given.</summary>
    public static IReadOnlyList<MeasuredLimit> Limits(ParseResult parsed, Option<string[]> option)
    {
        try
        {
            return [.. (parsed.GetValue(option) ?? []).Select(MeasuredLimit.Parse)];
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"{option.Name}: {mistake.Message}", mistake);
        }
    }

    /// <summary>The option of one seed.</summary>
    public Option SeedOption => _seed;

    public Seed? Seed(ParseResult parsed) => parsed.GetValue(_seed) is { } text ? SeedOf(text) : null;

    /// <summary>A seed as somebody wrote it.</summary>
    /// <exception cref="UserMistakeException">It is none.</exception>
    public static Seed SeedOf(string text)
    {
        try
        {
            return Worlds.Contracts.Seed.Parse(text);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"--seed: {mistake.Message}", mistake);
        }
    }

    public FaultChoice? Faults(ParseResult parsed) =>
        parsed.GetValue(_faults) is { } text ? FaultChoice.Named(text) : null;

    /// <summary>An option with a value of any text; what it means is judged later, with a line of our
    /// own.</summary>
    public static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { Description = description, HelpName = valueName, Recursive = true };

    static int? Count(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count >= 1
            ? count
            : throw new UserMistakeException(
                $"{option.Name}: expected a whole number of at least 1, found \"{text}\"");
    }

    double? Rate(ParseResult parsed)
    {
        if (parsed.GetValue(_rate) is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate)
            && rate > 0 && double.IsFinite(rate)
            ? rate
            : throw new UserMistakeException(
                $"--rate: expected operations a second, above 0, found \"{text}\"");
    }

    /// <summary>The time an option was given; null when it was not.</summary>
    public static TimeSpan? DurationAboveZero(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
            return null;
        return Durations.TryParse(text, out var duration) && duration > TimeSpan.Zero
            ? duration
            : throw new UserMistakeException(
                $"{option.Name}: expected a time such as 250ms, 5s or 2m, above 0, found \"{text}\"");
    }
}
