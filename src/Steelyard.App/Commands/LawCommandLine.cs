using System.CommandLine;
using Steelyard.Analysis.Laws;
using Steelyard.App.Terminals;
using Steelyard.Plots;

namespace Steelyard.App.Commands;

/// <summary><c>steelyard law</c>: one law, its figures, its formula and where it is from.</summary>
internal sealed class LawCommandLine
{
    readonly Terminal _terminal;
    readonly FigureOptionSet _shown = new();

    LawCommandLine(Terminal terminal) => _terminal = terminal;

    public static Command Create(Terminal terminal)
    {
        var law = new LawCommandLine(terminal);
        var command = new Command(
            "law", "Laws of queueing, scale, availability, quorums, storage and caches: figures and curves");
        foreach (var one in AllLaws.All)
            command.Add(law.Of(one));
        command.SetAction(_ => law.List());
        Examples.Of(
            command, "steelyard law", "steelyard law mmc --lambda 90 --service 10ms --servers 2",
            "steelyard law usl --load 40 --alpha 0.03 --beta 0.0001 --gamma 90 --plot usl.svg");
        return command;
    }

    int List()
    {
        foreach (var (place, (group, laws)) in AllLaws.Groups.Index())
        {
            _terminal.Line($"{(place > 0 ? Environment.NewLine : "")}{group}");
            foreach (var law in laws)
                _terminal.Line($"  {law.Name,-14} {law.Summary}");
        }

        return ExitCodes.Held;
    }

    Command Of(Law law)
    {
        var command = new Command(law.Name, $"{law.Summary}; {law.Formula}");
        var options = law.Parameters.Select(parameter => new ParameterOption(parameter)).ToList();
        foreach (var one in options)
            command.Add(one.Option);
        _shown.AddTo(command);
        command.SetAction(parsed => Answer(law, new(options.ToDictionary(
            one => one.Parameter.Name, one => one.Read(parsed))), parsed));
        var example = options.Select(one => one.Example).OfType<string>();
        Examples.Of(command, $"steelyard law {law.Name} {string.Join(' ', example)}");
        return command;
    }

    int Answer(Law law, LawArguments arguments, ParseResult parsed)
    {
        var figures = law.Figures(arguments);
        var plot = law.Curve is { } curve ? PlotOf(law, curve, arguments) : null;
        _shown.Show(
            _terminal, parsed, figures, plot, [$"{law.Formula}", $"{law.Source}"]);
        return ExitCodes.Held;
    }

    static Plot PlotOf(Law law, LawCurve curve, LawArguments arguments)
    {
        var figure = law.Figures(arguments).First(one => one.Name == curve.Figure);
        var parameter = law.Parameters.First(one => one.Name == curve.Parameter);
        var unit = figure.Unit.Length > 0 ? $" ({figure.Unit})" : "";
        var here = (arguments[curve.Parameter], figure.Value);
        return new(law.Summary, $"{parameter.Name}: {parameter.Meaning}", $"{figure.Meaning}{unit}",
        [
            new(law.Name, law.Points(arguments)),
            .. double.IsFinite(here.Value)
                ? [new PlotSeries("asked", [here]) { IsJoined = false }]
                : Array.Empty<PlotSeries>(),
        ]);
    }
}
