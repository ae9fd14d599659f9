using System.CommandLine;
using Steelyard.Analysis.Policies.Scaling.Questions;
using Steelyard.App.Terminals;
using Steelyard.Histories;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard autoscale decide</c>: one decision of an autoscaler, from what it is told.</summary>
internal static class ScalingDecideCommandLine
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "decide", "One decision of an autoscaler, from what it is told; nothing is simulated");
        foreach (var question in ScalingQuestions.All)
            command.Add(Of(question, terminal));
        command.SetAction(_ => NothingAsked());
        Examples.Of(command, [.. ScalingQuestions.All.Select(Example)]);
        return command;
    }

    static int NothingAsked() => throw new UserMistakeException(
        $"decide: expected one of {string.Join(", ", ScalingQuestions.All.Select(one => one.Name))}, found"
            + " nothing");

    static Command Of(ScalingQuestion question, Terminal terminal)
    {
        var command = new Command(question.Name, question.Summary);
        var options = question.Parameters.Select(parameter => new Option<string?>($"--{parameter.Name}")
        {
            Description = parameter.Usual.Length > 0 && parameter.Usual != "-"
                ? $"{parameter.Meaning}; {parameter.Usual} when not given"
                : parameter.Meaning,
            HelpName = "words",
        }).ToList();
        var json = new Option<bool>("--json") { Description = "Print the decision as one JSON object" };
        foreach (var option in options)
            command.Add(option);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var given = options.Where(option => parsed.GetValue(option) is not null).ToDictionary(
                option => option.Name.TrimStart('-'), option => parsed.GetValue(option)!,
                StringComparer.Ordinal);
            Show(question, question.Answer(given), parsed.GetValue(json), terminal);
            return ExitCodes.Held;
        });
        Examples.Of(command, Example(question));
        return command;
    }

    static void Show(
        ScalingQuestion question, IReadOnlyList<ScalingFigure> figures, bool asJson, Terminal terminal)
    {
        if (asJson)
        {
            terminal.Json(json =>
            {
                json.WriteStartObject();
                foreach (var figure in figures)
                    if (figure.Word is { } word)
                        json.WriteString(figure.Name, word);
                    else if (figure.Number is { } number && double.IsFinite(number))
                        json.WriteNumber(figure.Name, number);
                    else
                        json.WriteNull(figure.Name);
                json.WriteEndObject();
            });
            return;
        }

        var widest = figures.Max(figure => figure.Name.Length);
        foreach (var figure in figures)
            terminal.Line($"  {figure.Name.PadRight(widest)}  {figure.Word ?? Number(figure.Number)}");
        terminal.Line("");
        terminal.Line($"  {question.Source}");
    }

    static string Number(double? number) => number is { } one ? $"{one:#,0.####}" : "none";

    // What a shell would take for its own stands in quotes.
    static string Example(ScalingQuestion question) =>
        $"steelyard autoscale decide {question.Name} " + string.Join(' ', question.Example.Split(' ')
            .Select(word => word.IndexOfAny(['<', '>']) >= 0 ? $"'{word}'" : word));
}
