using System.CommandLine;
using Steelyard.Analysis.Policies.Retries;
using Steelyard.App.Terminals;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries hedge</c>: a call under gRPC's hedging policy, attempt by attempt.</summary>
internal sealed class HedgeCommandLine
{
    readonly CallOptionSet _call = new(
        "--non-fatal", "Statuses that are hedged on; any other fails the call");
    readonly ParameterOption _delay = WaitOptions.Time("delay", "the hedging delay between attempts", 0.5);

    public static Command Create(Terminal terminal)
    {
        var hedge = new HedgeCommandLine();
        var command = new Command("hedge", "A call under gRPC's hedging policy (A6), attempt by attempt")
        {
            hedge._delay.Option,
        };
        hedge._call.AddTo(command);
        command.SetAction(parsed => hedge.Answer(parsed, terminal));
        Examples.Of(
            command, "steelyard retries hedge --delay 500ms --outcomes silent",
            "steelyard retries hedge --delay 500ms --outcomes unavailable@200ms,silent,ok@100ms --json",
            "steelyard retries hedge --delay 0ms --outcomes silent,ok@30ms --deadline 1s");
        return command;
    }

    int Answer(ParseResult parsed, Terminal terminal)
    {
        var call = HedgedTimeline.Of(
            (int)_call.MaxAttempts.Read(parsed), _delay.Time(parsed), _call.Read(parsed));
        _call.Shown.Show(
            terminal, parsed, CallAnswer.Figures(call), CallAnswer.PlotOf(call),
            [
                "a failure that is not fatal sends the next at once; the first success cancels the others",
                "gRPC proposal A6, Client retries, hedging policy",
            ],
            CallAnswer.Told(call));
        return ExitCodes.Held;
    }
}
