using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands;

/// <summary>The option of a number or time that has a range.</summary>
internal sealed class ParameterOption(LawParameter parameter)
{
    public LawParameter Parameter => parameter;

    public Option<string?> Option { get; } = new($"--{parameter.Name}")
    {
        Description = parameter.Default is { } usual
            ? string.Create(CultureInfo.InvariantCulture,
                $"{parameter.Meaning}; {Shown(parameter, usual)} when not given")
            : parameter.Meaning,
        HelpName = parameter.IsTime ? "time" : "number",
    };

    /// <summary>What was given, or what it is when nothing was.</summary>
    /// <exception cref="UserMistakeException">It is no such number, or out of its range.</exception>
    public double Read(ParseResult parsed) => ReadOrNull(parsed) ?? throw new UserMistakeException(
        $"--{parameter.Name}: expected {parameter.Meaning}, found nothing");

    /// <summary>The same, for one that need not be there at all.</summary>
    public double? ReadOrNull(ParseResult parsed)
    {
        if (parsed.GetValue(Option) is not { } text)
            return parameter.Default;
        return parameter.Checked(
            parameter.IsTime && Durations.TryParse(text, out var time) ? time.TotalSeconds
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number) ? number
            : throw new UserMistakeException($"--{parameter.Name}: expected "
                + (parameter.IsTime ? "a time such as 10ms, or seconds" : "a number")
                + $", found \"{text}\""));
    }

    /// <summary>A time that was given.</summary>
    public TimeSpan Time(ParseResult parsed) => TimeSpan.FromSeconds(Read(parsed));

    /// <summary>A time, for one that need not be there at all.</summary>
    public TimeSpan? TimeOrNull(ParseResult parsed) =>
        ReadOrNull(parsed) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>How somebody would write it; null where it need not be given.</summary>
    public string? Example =>
        parameter.Default is null ? $"--{parameter.Name} {Shown(parameter, parameter.Example)}" : null;

    static string Shown(LawParameter parameter, double value) => parameter.IsTime
        ? Durations.Format(TimeSpan.FromSeconds(value)) : value.ToString(CultureInfo.InvariantCulture);
}
