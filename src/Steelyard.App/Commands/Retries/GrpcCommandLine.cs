using System.CommandLine;
using System.Globalization;
using Steelyard.Analysis.Laws;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.App.Terminals;
using Steelyard.Worlds.Contracts;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries grpc</c>: a call under gRPC's retry policy, attempt by attempt.</summary>
internal sealed class GrpcCommandLine
{
    const double MeanDraw = 0.5;

    readonly CallOptionSet _call = new("--retry-on", "Statuses that are retried");
    readonly ParameterOption _initial = WaitOptions.Time(
        "initial-backoff", "about what the first wait takes", 0.1, least: 1e-6);

    readonly ParameterOption _most = WaitOptions.Time(
        "max-backoff", "about the most a wait takes", 1, least: 1e-6);

    readonly ParameterOption _multiplier = new(new(
        "multiplier", "how much longer each wait is than the one before", 0, 1000)
    {
        IsWithin = true, Default = 2,
    });

    readonly Option<string?> _seed = CommonOptionSet.Text(
        "--seed", "number", "Waits are drawn from this seed; they take their mean when it is not given");

    public static Command Create(Terminal terminal)
    {
        var grpc = new GrpcCommandLine();
        var command = new Command("grpc", "A call under gRPC's retry policy (A6), attempt by attempt")
        {
            grpc._initial.Option, grpc._most.Option, grpc._multiplier.Option, grpc._seed,
        };
        grpc._call.AddTo(command);
        command.SetAction(parsed => grpc.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard retries grpc --outcomes unavailable@20ms*2,ok@30ms",
            "steelyard retries grpc --outcomes unavailable+pushback=700ms,unavailable,ok --deadline 2s",
            "steelyard retries grpc --max-tokens 10 --outcomes unavailable");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var policy = new GrpcRetryPolicy(
            (int)_call.MaxAttempts.Read(parsed), _initial.Time(parsed), _most.Time(parsed),
            _multiplier.Read(parsed));
        var script = _call.Read(parsed);
        var random = parsed.GetValue(_seed) is { } seed
            ? new SeededRandom(CommonOptionSet.SeedOf(seed), "grpc")
            : null;
        var call = RetriedTimeline.Of(policy, script, () => random?.NextDouble() ?? MeanDraw);
        var told = CallAnswer.Told(call);
        _call.Shown.Show(
            terminal, parsed, [.. CallAnswer.Figures(call), .. Waits(policy)], CallAnswer.PlotOf(call),
            [
                "min(b·m^(n-1), M) · uniform from 0.8 to 1.2, n anew after a server says when",
                "gRPC proposal A6, Client retries",
            ],
            told with { Lines = [.. told.Lines, "", .. WaitLines(policy)] });
        return ExitCodes.Held;
    }

    static IEnumerable<LawFigure> Waits(GrpcRetryPolicy policy) => Enumerable.Range(1, policy.Attempts - 1)
        .SelectMany(retry => (LawFigure[])
        [
            Wait(policy, $"wait{retry}Ms", retry, MeanDraw), Wait(policy, $"wait{retry}LowMs", retry, 0),
            Wait(policy, $"wait{retry}HighMs", retry, 1),
        ]);

    static LawFigure Wait(GrpcRetryPolicy policy, string name, int retry, double drawn) =>
        new(name, name, policy.WaitBefore(retry, drawn).TotalMilliseconds, "ms");

    static IEnumerable<string> WaitLines(GrpcRetryPolicy policy) => Enumerable.Range(1, policy.Attempts - 1)
        .Select(retry => string.Create(
            CultureInfo.InvariantCulture,
            $"wait {retry}: {policy.WaitBefore(retry, MeanDraw).TotalMilliseconds:#,0.###} ms"
            + $" ({policy.WaitBefore(retry, 0).TotalMilliseconds:#,0.###} …"
            + $" {policy.WaitBefore(retry, 1).TotalMilliseconds:#,0.###})"));
}
