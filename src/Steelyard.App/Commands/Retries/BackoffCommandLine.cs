using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Plots;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries backoff</c>: the waits before the retries of a call that always
/// fails.</summary>
internal sealed class BackoffCommandLine
{
    const int MostRetries = 100;

    readonly Option<string> _strategy = WaitOptions.Strategies();
    readonly ParameterOption _base = WaitOptions.Base();
    readonly ParameterOption _cap = WaitOptions.Cap();
    readonly ParameterOption _retries = WaitOptions.Count("retries", "how many", 10, 1, MostRetries);
    readonly FigureOptionSet _shown = new();

    public static Command Create(Terminal terminal)
    {
        var backoff = new BackoffCommandLine();
        var command = new Command("backoff", "The waits before the retries of a call that always fails")
        {
            backoff._strategy, backoff._base.Option, backoff._cap.Option, backoff._retries.Option,
        };
        backoff._shown.AddTo(command);
        command.SetAction(parsed => backoff.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard retries backoff --strategy decorrelated --base 100ms --cap 20s",
            "steelyard retries backoff --strategy all --plot waits.svg");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var strategies = WaitOptions.StrategiesOf(parsed.GetValue(_strategy)!);
        var (unit, cap) = (_base.Time(parsed), _cap.Time(parsed));
        if (cap < unit)
            throw new UserMistakeException(
                $"--cap: expected at least the base, {unit.TotalMilliseconds} ms, found"
                + $" {cap.TotalMilliseconds} ms");
        var retries = (int)_retries.Read(parsed);
        var waits = strategies.Select(strategy => (strategy, WaitTimeline.Of(
            strategy, unit.TotalMilliseconds, cap.TotalMilliseconds, retries))).ToList();
        _shown.Show(
            terminal, parsed,
            [.. waits.SelectMany(one => Figures(one.strategy, one.Item2, waits.Count == 1))],
            PlotOf(waits),
            [
                .. strategies.Select(one => $"{one.Name}: {one.Formula}"),
                "b the base, M the cap, n the number of the retry from 0 on, p the wait before",
                "Brooker 2015, Exponential backoff and jitter",
            ],
            new([], [.. waits.SelectMany(one => Lines(one.strategy, one.Item2))]));
        return ExitCodes.Held;
    }

    static IEnumerable<LawFigure> Figures(
        Backoff strategy, IReadOnlyList<ExpectedWait> waits, bool isOne) => waits.SelectMany(
        wait => (LawFigure[])
        [
            Figure($"wait{wait.Retry}Ms", wait.MeanMs), Figure($"wait{wait.Retry}LowMs", wait.LeastMs),
            Figure($"wait{wait.Retry}HighMs", wait.MostMs),
        ]).Append(Figure("waitsMs", waits.Sum(wait => wait.MeanMs)))
        .Select(figure => figure with { Name = WaitOptions.Named(strategy, isOne, figure.Name) });

    static LawFigure Figure(string name, double ms) => new(name, name, ms, "ms");

    static IEnumerable<string> Lines(Backoff strategy, IReadOnlyList<ExpectedWait> waits)
    {
        yield return $"{strategy.Name,-12}{"mean wait",12}{"from",12}{"to",12}{"mean of all so far",22}";
        var sum = 0.0;
        foreach (var wait in waits)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"retry {wait.Retry,-6}{wait.MeanMs,9:#,0.###} ms{wait.LeastMs,9:#,0.###} ms"
                + $"{wait.MostMs,9:#,0.###} ms{sum += wait.MeanMs,19:#,0.###} ms");
    }

    static Plot PlotOf(IReadOnlyList<(Backoff Strategy, IReadOnlyList<ExpectedWait> Waits)> waits) => new(
        "Waits before retries", "retry", "wait (ms)",
        waits is [var (_, only)]
            ?
            [
                Series("mean", only, wait => wait.MeanMs), Series("least", only, wait => wait.LeastMs),
                Series("most", only, wait => wait.MostMs),
            ]
            : [.. waits.Select(one => Series(one.Strategy.Name, one.Waits, wait => wait.MeanMs))]);

    static PlotSeries Series(
        string name, IReadOnlyList<ExpectedWait> waits, Func<ExpectedWait, double> of) =>
        new(name, [.. waits.Select(wait => ((double)wait.Retry, of(wait)))]);
}
