using System.CommandLine;
using Steelyard.App.Terminals;
using Steelyard.Histories;

namespace Steelyard.App.Commands.Retries;

/// <summary><c>steelyard retries</c>: when a call is tried again, and what that costs.</summary>
internal static class RetriesCommandLine
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "retries",
            "When a call is tried again, and what that costs: backoff, contention, gRPC's policies")
        {
            BackoffCommandLine.Create(terminal),
            ContendCommandLine.Create(terminal),
            GrpcCommandLine.Create(terminal),
            HedgeCommandLine.Create(terminal),
            ThrottleCommandLine.Create(terminal),
        };
        command.SetAction(_ => NothingAsked(command));
        Examples.Of(
            command, "steelyard retries backoff --strategy full",
            "steelyard retries contend --clients 100 --strategy none,full",
            "steelyard retries grpc --outcomes unavailable@20ms,ok@30ms",
            "steelyard retries hedge --delay 500ms --outcomes silent");
        return command;
    }

    static int NothingAsked(Command command) => throw new UserMistakeException(
        $"retries: expected {string.Join(", ", command.Subcommands.Select(one => one.Name))}, found nothing");
}
