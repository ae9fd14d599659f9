using Steelyard.Histories;

namespace Steelyard.Analysis.Workloads.Logs;

/// <summary>What the sends and polls of a history say: who sent and who read each message, and the
/// logs.</summary>
internal sealed class LogEvidence
{
    readonly Dictionary<(Value Key, Value Value), LogOperation> _senders = [];
    readonly Dictionary<(Value Key, Value Value), LogOperation> _readers = [];
    readonly HashSet<(Value Key, Value Value)> _polled = [];
    readonly Dictionary<Value, PartitionLog> _logs = [];

    public LogEvidence(History history)
    {
        foreach (var operation in history.Operations)
            if (operation.Function is Functions.Send or "poll" or Functions.Txn)
                Add(LogOperation.Of(operation, Operations.Count));
        foreach (var operation in Operations)
            AddFacts(operation);
        foreach (var log in Logs)
            log.Close();
    }

    public List<LogOperation> Operations { get; } = [];

    /// <summary>The logs, in order of first use.</summary>
    public List<PartitionLog> Logs { get; } = [];

    public PartitionLog? LogOf(Value key) => _logs.GetValueOrDefault(key);

    /// <summary>Who sent a message: one whose send did not fail, where there is such a one; else
    /// null.</summary>
    public LogOperation? SenderOf(Value key, Value value) => _senders.GetValueOrDefault((key, value));

    /// <summary>The first completed poll that returned a message, or null.</summary>
    public LogOperation? ReaderOf(Value key, Value value) => _readers.GetValueOrDefault((key, value));

    /// <summary>True when a poll returned it, however the poll's operation ended.</summary>
    public bool WasPolled(Value key, Value value) => _polled.Contains((key, value));

    /// <summary>True when its sends surely took effect: it ended ok, or one of them was read.</summary>
    public bool IsCommitted(LogOperation operation) => operation.Outcome switch
    {
        Outcome.Ok => true,
        Outcome.Fail => false,
        _ => operation.Sends.Exists(sent => ReaderOf(sent.Key, sent.Value) is not null),
    };

    void Add(LogOperation operation)
    {
        Operations.Add(operation);
        foreach (var sent in operation.Sends)
            if (!_senders.TryAdd((sent.Key, sent.Value), operation)
                && _senders[(sent.Key, sent.Value)].Outcome == Outcome.Fail)
                _senders[(sent.Key, sent.Value)] = operation;
        foreach (var message in operation.Polls)
        {
            _polled.Add((message.Key, message.Value));
            if (operation.Outcome == Outcome.Ok)
                _readers.TryAdd((message.Key, message.Value), operation);
        }
    }

    // Polls tell the truth about a log however their transaction ends; sends only when they took effect.
    void AddFacts(LogOperation operation)
    {
        foreach (var message in operation.Polls)
            AddFact(message, operation);
        if (IsCommitted(operation))
            foreach (var message in operation.Sends)
                AddFact(message, operation);
    }

    void AddFact(LogMessage message, LogOperation operation)
    {
        if (!_logs.TryGetValue(message.Key, out var log))
        {
            _logs.Add(message.Key, log = new(message.Key));
            Logs.Add(log);
        }

        if (message.Offset is { } offset)
            log.Add(offset, message.Value, operation);
    }
}
