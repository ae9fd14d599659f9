using Steelyard.Histories;
using static Steelyard.Analysis.Workloads.WorkloadEvidence;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>
/// Where producers and consumers stand in each log, operation by operation. An assign keeps the places in the
/// logs it names and forgets the others. After a subscribe the system may move logs from one consumer to
/// another at any poll, so only the messages of one poll are compared.
/// </summary>
internal sealed class LogPositions(LogEvidence evidence, WorkloadFindings findings)
{
    readonly Dictionary<int, Client> _clients = [];

    public void Add(History history)
    {
        var next = 0;
        foreach (var operation in history.Operations)
            if (next < evidence.Operations.Count && evidence.Operations[next].Index == operation.Index)
                Follow(evidence.Operations[next++]);
            else if (operation.Function is "assign" or "subscribe" && operation.MayHaveHappened)
                Assign(operation);
    }

    Client ClientOf(int process)
    {
        if (!_clients.TryGetValue(process, out var client))
            _clients.Add(process, client = new());
        return client;
    }

    void Assign(Operation operation)
    {
        if (operation.Input.Kind != ValueKind.List)
            throw Mistake(operation, "a list of logs", operation.Input);
        var client = ClientOf(operation.Process);
        client.IsSubscribed = operation.Function == "subscribe";
        var kept = new HashSet<Value>(operation.Input.AsList.ToArray());
        foreach (var places in new[] { client.Polled, client.Sent })
            foreach (var key in places.Keys.Where(key => !kept.Contains(key)).ToList())
                places.Remove(key);
    }

    void Follow(LogOperation operation)
    {
        if (operation.Outcome == Outcome.Fail)
            return;
        var client = ClientOf(operation.Process);
        // What a poll returned it did return, whether or not its offsets were committed thereafter.
        if (operation.Outcome is Outcome.Ok or Outcome.Info)
            Walk(operation, operation.Polls, client.Polled, "poll", skips: true, client.IsSubscribed);
        if (evidence.IsCommitted(operation))
            Walk(operation, operation.Sends, client.Sent, "send", skips: false, isSubscribed: false);
    }

    void Walk(
        LogOperation operation, List<LogMessage> messages, Dictionary<Value, Place> places, string verb,
        bool skips, bool isSubscribed)
    {
        foreach (var message in messages)
        {
            var place = evidence.LogOf(message.Key)?.PlaceOf(message);
            if (places.TryGetValue(message.Key, out var before) && place is { } at && before.At is { } from)
            {
                var isInside = before.Operation == operation;
                if (!isSubscribed || (isInside && before.Message.Poll == message.Poll))
                    Compare(
                        before, from, new(operation, message, at), at, isInside ? "int-" : "", verb, skips);
            }

            places[message.Key] = new(operation, message, place);
        }
    }

    void Compare(Place before, int from, Place now, int at, string inside, string verb, bool skips)
    {
        var log = evidence.LogOf(now.Message.Key)!;
        if (at <= from)
            findings.Add(
                $"{inside}nonmonotonic-{verb}",
                () => $"process {now.Operation.ProcessName} {Past(verb)} {now.Message.Value} at offset"
                    + $" {log.At(at).Offset} of {log.Key} after {before.Message.Value} at offset"
                    + $" {log.At(from).Offset}",
                before.Operation.Index, now.Operation.Index);
        else if (at > from + 1 && skips)
            findings.Add(
                $"{inside}{verb}-skip",
                () => $"process {now.Operation.ProcessName} {Past(verb)} {before.Message.Value} from"
                    + $" {log.Key},"
                    + $" then {now.Message.Value}, and skipped {log.At(from + 1).Value} at offset"
                    + $" {log.At(from + 1).Offset}",
                before.Operation.Index, now.Operation.Index, log.At(from + 1).Teller.Index);
    }

    static string Past(string verb) => verb == "send" ? "sent" : "polled";

    /// <summary>How far a client is in a log.</summary>
    readonly record struct Place(LogOperation Operation, LogMessage Message, int? At);

    sealed class Client
    {
        public bool IsSubscribed { get; set; }

        public Dictionary<Value, Place> Polled { get; } = [];

        public Dictionary<Value, Place> Sent { get; } = [];
    }
}
