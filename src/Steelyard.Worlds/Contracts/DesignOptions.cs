using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>The shape of an option's value.</summary>
public enum OptionShape : byte
{
    /// <summary>One of <see cref="DesignOption.Choices"/>.</summary>
    Choice,

    /// <summary>A whole number, at least <see cref="DesignOption.Minimum"/>.</summary>
    Count,

    /// <summary>Given or not.</summary>
    Flag,

    /// <summary>A duration: <c>250ms</c>, <c>5s</c>, <c>2m</c>.</summary>
    Duration,

    /// <summary>Whatever <see cref="DesignOption.Check"/> takes.</summary>
    Text,
}

/// <summary>One option of a design.</summary>
/// <param name="Name">As on the command line, without the dashes.</param>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Default">Used when not given; flags: <c>false</c>.</param>
/// <param name="Description">One line for the help.</param>
public sealed record DesignOption(string Name, OptionShape Shape, string Default, string Description)
{
    /// <summary>The values a choice may have.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>The least a count may be.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>The most a count may be.</summary>
    public int Maximum { get; init; } = 100_000;

    /// <summary>What it is where it is given without a value; null where it wants one.</summary>
    public string? Bare { get; init; }

    /// <summary>Looks at a text; throws a <see cref="UserMistakeException"/> that says what was expected and
    /// found where it is none. Null takes any.</summary>
    public Action<string>? Check { get; init; }

    /// <summary>An option that is one of some words.</summary>
    public static DesignOption Choice(
        string name, string description, params IReadOnlyList<string> choices) =>
        new(name, OptionShape.Choice, choices[0], description) { Choices = choices };

    /// <summary>An option that is given or not.</summary>
    public static DesignOption Flag(string name, string description) =>
        new(name, OptionShape.Flag, "false", description);
}

/// <summary>The options of one run of a design, each checked against its
/// <see cref="DesignOption"/>.</summary>
public sealed class DesignOptions
{
    readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>Checks what was given against what the design takes.</summary>
    /// <exception cref="UserMistakeException">An option is unknown, or its value is none it can
    /// have.</exception>
    public DesignOptions(
        IDesign design, CommonOptions common, IReadOnlyDictionary<string, string>? given = null)
    {
        common.MustFit();
        Common = common;
        foreach (var option in design.Options)
            _values[option.Name] = option.Default;
        foreach (var (name, value) in given ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            var option = design.Options.FirstOrDefault(
                o => string.Equals(o.Name, name, StringComparison.Ordinal))
                ?? throw new UserMistakeException(
                    $"{design.Name} has no option --{name}; it has "
                        + $"{List(design.Options.Select(o => "--" + o.Name))}");
            Check(option, value);
            _values[name] = value;
            _given.Add(name);
        }
    }

    /// <summary>What every design takes.</summary>
    public CommonOptions Common { get; }

    /// <summary>All options with their values, sorted by name: what the run's folder records.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>True when the user gave it, rather than the default.</summary>
    public bool Given(string name) => _given.Contains(name);

    /// <summary>The word chosen.</summary>
    public string Choice(string name) => _values[name];

    /// <summary>The whole number.</summary>
    public int Count(string name) => int.Parse(_values[name], CultureInfo.InvariantCulture);

    /// <summary>Whether the flag is set.</summary>
    public bool Flag(string name) => _values[name] == "true";

    /// <summary>The duration.</summary>
    public TimeSpan Duration(string name) => Durations.Parse(_values[name]);

    static void Check(DesignOption option, string value)
    {
        if (option.Shape == OptionShape.Text)
            CheckText(option, value);
        var problem = option.Shape switch
        {
            OptionShape.Choice when !option.Choices.Contains(value, StringComparer.Ordinal) =>
                $"one of {List(option.Choices)}",
            OptionShape.Count => CountProblem(option, value),
            OptionShape.Flag when value is not ("true" or "false") => "true or false",
            OptionShape.Duration when !Durations.TryParse(value, out var time) || time < TimeSpan.Zero =>
                "a duration from 0s up, such as 250ms, 5s or 2m",
            _ => null,
        };
        if (problem is not null)
            throw new UserMistakeException($"--{option.Name}: expected {problem}, found \"{value}\"");
    }

    static void CheckText(DesignOption option, string value)
    {
        try
        {
            option.Check?.Invoke(value);
        }
        catch (UserMistakeException mistake)
        {
            throw new UserMistakeException($"--{option.Name}: {mistake.Message}", mistake);
        }
    }

    static string? CountProblem(DesignOption option, string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count < option.Minimum)
            return $"a whole number of at least {option.Minimum}";
        return count > option.Maximum ? $"a whole number of at most {option.Maximum:N0}" : null;
    }

    static string List(IEnumerable<string> words) => string.Join(", ", words);
}
