using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Plots;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries contend</c>: what it costs that many clients write one row, by how they
/// wait.</summary>
internal sealed class ContendCommandLine
{
    const int MostClients = 2_000;
    const int MostRuns = 100_000;
    const int CurvePoints = 8;
    const int RunsOfAPoint = 20;

    readonly Option<string> _strategy = WaitOptions.Strategies();
    readonly ParameterOption _clients = new(new("clients", "clients that each write once", 1, MostClients)
    {
        IsWhole = true,
    });

    readonly ParameterOption _base = WaitOptions.Base();
    readonly ParameterOption _cap = WaitOptions.Cap();
    readonly ParameterOption _delay = WaitOptions.Time("delay", "the mean of what a message takes", 0.01);
    readonly ParameterOption _deviation = WaitOptions.Time(
        "deviation", "the standard deviation of that, normally distributed", 0.002);

    readonly ParameterOption _runs = WaitOptions.Count("runs", "how many runs", 100, 2, MostRuns);
    readonly SeedOption _seed = new("the runs");

    readonly FigureOptionSet _shown = new();

    public static Command Create(Terminal terminal)
    {
        var contend = new ContendCommandLine();
        var command = new Command(
            "contend", "What it costs that many clients write one row at a time, by how they wait when they"
                + " fail")
        {
            contend._clients.Option, contend._strategy, contend._base.Option, contend._cap.Option,
            contend._delay.Option, contend._deviation.Option, contend._runs.Option, contend._seed.Option,
        };
        contend._shown.AddTo(command);
        command.SetAction(parsed => contend.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard retries contend --clients 100 --strategy decorrelated",
            "steelyard retries contend --clients 50 --strategy all --plot calls.svg");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var strategies = WaitOptions.StrategiesOf(parsed.GetValue(_strategy)!);
        var asked = new Contention(
            (int)_clients.Read(parsed), strategies[0], _base.Time(parsed).TotalMilliseconds,
            _cap.Time(parsed).TotalMilliseconds, _delay.Time(parsed).TotalMilliseconds,
            _deviation.Time(parsed).TotalMilliseconds);
        var runs = (int)_runs.Read(parsed);
        var seed = _seed.Read(parsed);
        var found = strategies.Select(strategy => (strategy, Of(asked, strategy).Repeat(
            runs, new SeededRandom(seed, "contention").NextDouble))).ToList();
        _shown.Show(
            terminal, parsed,
            [.. found.SelectMany(one => Figures(one.strategy, one.Item2, found.Count == 1))],
            PlotOf(asked, strategies, Math.Min(runs, RunsOfAPoint), seed),
            [
                "a client reads the row's version and writes with it; an old version fails, and after the"
                    + " wait it reads again",
                "failures are counted from 1: the first wait is of 2b",
                $"Brooker 2015, Exponential backoff and jitter; {runs:N0} runs, seed {seed}",
            ]);
        return ExitCodes.Held;
    }

    static Contention Of(Contention asked, Backoff strategy) => asked with { Strategy = strategy };

    static IEnumerable<LawFigure> Figures(Backoff strategy, ContentionFigures found, bool isOne)
    {
        var prefix = isOne ? "" : $"{strategy.Name}: ";
        return ((LawFigure[])
        [
            .. Mean("writeCalls", $"{prefix}writes that are tried", found.WriteCalls, ""),
            .. Mean("time", $"{prefix}time until all have written", found.TimeMs, "ms"),
        ]).Select(figure => figure with { Name = WaitOptions.Named(strategy, isOne, figure.Name) });
    }

    static IEnumerable<LawFigure> Mean(string name, string meaning, SampleMean mean, string unit)
    {
        var interval = mean.Interval;
        var suffix = unit.Length > 0 ? "Ms" : "";
        return
        [
            new(name + suffix, string.Create(
                CultureInfo.InvariantCulture,
                $"{meaning} (95 %: {interval.Low:#,0.#} … {interval.High:#,0.#})"), mean.Value, unit),
            new($"{name}Error{suffix}", "  its standard error", mean.StandardError, unit),
            new($"{name}Low{suffix}", "  its interval of 95 %, from", interval.Low, unit),
            new($"{name}High{suffix}", "  to", interval.High, unit),
        ];
    }

    static Plot PlotOf(Contention asked, IReadOnlyList<Backoff> strategies, int runs, Seed seed) => new(
        "Writes that are tried until all clients have written", "clients", "writes",
        [.. strategies.Select(strategy => new PlotSeries(strategy.Name, [.. Enumerable.Range(1, CurvePoints)
            .Select(point => Math.Max(1, asked.Clients * point / CurvePoints)).Distinct()
            .Select(clients => ((double)clients, (Of(asked, strategy) with { Clients = clients })
                .Repeat(runs, new SeededRandom(seed, "curve").NextDouble).WriteCalls.Value))]))]);
}
