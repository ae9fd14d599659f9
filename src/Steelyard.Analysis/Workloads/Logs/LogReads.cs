using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>What the polls of one operation returned that they must not, and in which order.</summary>
internal static class LogReads
{
    public static void Add(LogOperation operation, LogEvidence evidence, WorkloadFindings findings)
    {
        foreach (var message in operation.Polls)
        {
            var sender = evidence.SenderOf(message.Key, message.Value);
            if (Wrong(operation, sender) is { } type)
                findings.Add(
                    type.Name,
                    () => $"process {operation.ProcessName} polled {message.Value} from {message.Key},"
                        + $" {type.Why}",
                    sender is null ? [operation.Index] : [sender.Index, operation.Index]);
        }
    }

    // Polls tell what they saw however their operation ends. But what an aborted one may see of others that
    // were aborted or not committed is promised to nobody.
    static (string Name, string Why)? Wrong(LogOperation reader, LogOperation? sender) => sender switch
    {
        null => ("garbage-read", "which nobody sent"),
        _ when sender.Operation.InvokedAt > reader.Operation.CompletedAt =>
            ("G1c-realtime", "which was sent only later"),
        _ when reader.Outcome == Outcome.Fail => null,
        { Outcome: Outcome.Fail } => ("G1a", "whose send had been aborted"),
        _ when sender == reader => ("precommitted-read", "which it sent in the same transaction"),
        _ => null,
    };
}
