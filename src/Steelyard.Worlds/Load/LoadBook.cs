using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>Records what is due, sent and answered, and counts it: the one place that does.</summary>
internal sealed class LoadBook(ILoadWorld world)
{
    const string NeverSent = "never sent";

    long _due;
    long _sent;
    long _answered;
    long _sessions;
    long _heldBack;

    /// <summary>False once the load is over: what is invoked then is a final read, and no request.</summary>
    public bool IsLoad { get; set; } = true;

    public LoadCounts Counts => new()
    {
        Due = _due, Sent = _sent, Answered = _answered, Sessions = _sessions, HeldBack = _heldBack,
    };

    /// <summary>An operation is due now.</summary>
    public DueOperation Due(in Invocation invocation)
    {
        if (IsLoad)
            (_due, _sessions) = invocation.IsSession ? (_due, _sessions + 1) : (_due + 1, _sessions);
        return new(world.NowNs, invocation);
    }

    /// <summary>Operations that clients held back were not due before the load ended.</summary>
    public void HeldBack(int operations) => _heldBack += operations;

    /// <summary>It is sent; gives its number.</summary>
    public int Send(ILoadClient client, in DueOperation due, bool isRequest)
    {
        _sent += isRequest ? 1 : 0;
        return Record(client, due, OperationTraits.None);
    }

    /// <summary>A client says how it ended.</summary>
    public void Complete(int operation, in Invocation invocation, in Completion completion, bool isRequest)
    {
        var isAnswer = Functions.IsAnswer(invocation.Function, completion.Outcome, completion.Error);
        _answered += isRequest && isAnswer ? 1 : 0;
        world.Recorder.Complete(
            operation, completion.Outcome, completion.Output, world.NowNs, completion.Error);
    }

    /// <summary>It was due and will not be sent. Left out, it would be missing from every figure, though it
    /// was never answered.</summary>
    public void GiveUp(ILoadClient client, in DueOperation due)
    {
        var operation = Record(client, due, OperationTraits.Unsent);
        world.Recorder.Complete(operation, Outcome.Fail, Value.Nil, world.NowNs, NeverSent);
    }

    // An operation told which node to ask belongs to that one.
    int Record(ILoadClient client, in DueOperation due, OperationTraits traits)
    {
        var asked = due.Invocation;
        if (asked.IsSession)
            traits |= OperationTraits.Session;
        if (asked.Target is not null)
            traits |= OperationTraits.Targeted;
        return world.Recorder.Invoke(
            client.Process, asked.Function, asked.Key, asked.Input, world.NowNs, due.DueNs,
            world.NameOf(asked.Target ?? client.Home), traits);
    }
}
