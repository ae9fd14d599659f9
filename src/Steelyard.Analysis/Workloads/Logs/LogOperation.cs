using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>A message at a place of a log; the offset is null where nobody told it.</summary>
/// <param name="Key">The log: a topic's partition.</param>
/// <param name="Offset">The offset, or null.</param>
/// <param name="Value">The message.</param>
/// <param name="Poll">Which poll of its operation returned it, counted from 0; 0 for sends.</param>
internal readonly record struct LogMessage(Value Key, long? Offset, Value Value, int Poll = 0);

/// <summary>One send, poll or txn of Jepsen's kafka workload, taken apart.</summary>
internal sealed class LogOperation
{
    LogOperation(Operation operation, int number) => (Operation, Number) = (operation, number);

    public Operation Operation { get; }

    /// <summary>Its place among the sends, polls and transactions.</summary>
    public int Number { get; }

    public List<LogMessage> Sends { get; } = [];

    public List<LogMessage> Polls { get; } = [];

    public int Index => Operation.Index;

    public int Process => Operation.Process;

    public string ProcessName => Operation.ProcessName;

    public Outcome Outcome => Operation.Outcome;

    /// <summary>Reads one.</summary>
    /// <exception cref="UserMistakeException">It is no list of <c>[send k v]</c> and
    /// <c>[poll {k [[offset v] …]}]</c>.</exception>
    public static LogOperation Of(Operation operation, int number)
    {
        var log = new LogOperation(operation, number);
        var steps = operation.Output.IsNil ? operation.Input : operation.Output;
        if (steps.Kind != ValueKind.List)
            throw Mistake(operation, "a list of sends and polls", steps);
        if (steps.AsList is [{ Kind: ValueKind.Text }, ..])
            steps = Value.List(steps);
        var polls = 0;
        foreach (var step in steps.AsList)
            log.Add(step, ref polls);
        return log;
    }

    void Add(Value step, ref int polls)
    {
        if (step.Kind == ValueKind.List && step.AsList is [var function, .. var rest])
        {
            if (function == "send" && rest is [var key, var sent])
            {
                Sends.Add(sent.Kind == ValueKind.List ? Placed(key, sent, 0) : new(key, null, sent));
                return;
            }

            if (function == "poll" && (rest.IsEmpty || rest is [{ Kind: ValueKind.Map or ValueKind.Nil }]))
            {
                if (rest is [{ Kind: ValueKind.Map } found])
                    AddPoll(found, polls);
                polls++;
                return;
            }
        }

        throw Mistake(Operation, "[send k v] or [poll {k [[offset v] …]}]", step);
    }

    void AddPoll(Value found, int poll)
    {
        foreach (var (key, messages) in found.AsMap)
        {
            if (messages.Kind != ValueKind.List)
                throw Mistake(Operation, "a list of [offset v]", messages);
            foreach (var message in messages.AsList)
                Polls.Add(Placed(key, message, poll));
        }
    }

    LogMessage Placed(Value key, Value message, int poll)
    {
        if (message.Kind == ValueKind.List && message.AsList is [var offset, var value])
            return new(key, offset.IsNil ? null : IntegerOf(Operation, offset, "an offset"), value, poll);
        throw Mistake(Operation, "[offset v]", message);
    }
}
