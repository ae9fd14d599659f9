using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.App.Terminals;
using Steelyard.Histories;
using Steelyard.Plots;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries throttle</c>: the tokens of gRPC's throttle, outcome by outcome.</summary>
internal sealed class ThrottleCommandLine
{
    readonly Option<string> _outcomes = new("--outcomes")
    {
        Description = AttemptWords.Help,
        HelpName = "list",
        DefaultValueFactory = _ => "unavailable*5,ok",
    };

    readonly Option<string> _retryOn = new("--retry-on")
    {
        Description = "Statuses that are retried or hedged on: only these take a token",
        HelpName = "statuses",
        DefaultValueFactory = _ => "unavailable",
    };

    readonly ThrottleOptionSet _throttle = new();
    readonly FigureOptionSet _shown = new();

    public static Command Create(Terminal terminal)
    {
        var throttle = new ThrottleCommandLine();
        var command = new Command("throttle", "The tokens of gRPC's throttle (A6), outcome by outcome")
        {
            throttle._outcomes, throttle._retryOn,
        };
        throttle._throttle.AddTo(command);
        throttle._shown.AddTo(command);
        command.SetAction(parsed => throttle.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard retries throttle --max-tokens 10 --token-ratio 0.1",
            "steelyard retries throttle --max-tokens 10 --outcomes unavailable*12,ok*3,invalid-argument");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var outcomes = AttemptWords.Of(parsed.GetValue(_outcomes)!, TimeSpan.Zero);
        var retried = AttemptWords.StatusesOf(parsed.GetValue(_retryOn)!, "--retry-on");
        var throttle = _throttle.Read(parsed) ?? throw new UserMistakeException(
            "--max-tokens: expected the most tokens of the throttle, found nothing");
        var steps = outcomes.Select(outcome => new Step(
            AttemptWords.Told(outcome.Status), throttle.Took(outcome, retried), throttle.Tokens,
            throttle.Allows)).ToList();
        _shown.Show(
            terminal, parsed,
            [
                .. steps.Index().SelectMany(one => Figures(one.Index + 1, one.Item)),
                new("tokens", "tokens at the end", throttle.Tokens),
                new("retriesAllowed", "1 where retries are allowed at the end", throttle.Allows ? 1 : 0),
                new("tokenRatio", "what a success brings", throttle.TokenRatio),
            ],
            new("Tokens", "outcome", "tokens", [new("tokens", Points(steps))]),
            [
                "a failure that would be retried takes 1, a success brings the ratio; with half of the most"
                    + " or fewer nothing is retried",
                $"a success brings {throttle.TokenRatio.ToString(CultureInfo.InvariantCulture)}",
                "gRPC proposal A6, Client retries, throttling",
            ],
            new([], [$"{"outcome",-9}{"tokens",9}  retries", .. steps.Index().Select(Line)]));
        return ExitCodes.Held;
    }

    static IEnumerable<LawFigure> Figures(int number, Step step) =>
    [
        new($"tokens{number}", $"tokens after outcome {number}", step.Tokens),
        new($"retriesAllowed{number}", "1 where retries are allowed then", step.IsAllowed ? 1 : 0),
    ];

    static List<(double, double)> Points(List<Step> steps) =>
        [.. steps.Index().Select(one => (one.Index + 1.0, one.Item.Tokens))];

    static string Line((int Index, Step Step) one) => string.Create(
        CultureInfo.InvariantCulture,
        $"{one.Index + 1,-9}{one.Step.Tokens,9:0.###}  {(one.Step.IsAllowed ? "allowed" : "stopped"),-9}"
        + $"{one.Step.Status}") + (one.Step.IsCounted ? "" : ", changes nothing");

    readonly record struct Step(string Status, bool IsCounted, double Tokens, bool IsAllowed);
}
