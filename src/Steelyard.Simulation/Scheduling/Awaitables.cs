using System.Threading.Tasks.Sources;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Scheduling;

/// <summary>Something a timer sets off.</summary>
internal interface ITimed
{
    /// <summary>The time has come.</summary>
    void Fire();
}

/// <summary>Free awaitables of a run; awaiting one gives it back, so a delay or a call allocates nothing of
/// its own.</summary>
internal sealed class AwaitPools(WorldContext context)
{
    readonly Stack<DelaySource> _delays = new();
    readonly Stack<CallSource> _calls = new();

    /// <summary>A delay to await.</summary>
    public DelaySource Delay() => _delays.TryPop(out var free) ? free : new(context, _delays);

    /// <summary>A call to await.</summary>
    public CallSource Call() => _calls.TryPop(out var free) ? free : new(context, _calls);
}

/// <summary>
/// The awaitable core: completed by the event loop alone, it runs its continuation right there, on the
/// world's thread.
/// </summary>
internal abstract class AwaitSource(WorldContext context)
{
    Action<object?>? _continuation;
    object? _state;
    ExecutionContext? _flow;
    bool _isDone;

    /// <summary>Tells uses of a pooled source apart; a stale one is refused.</summary>
    public short Version { get; private set; }

    public ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        return _isDone ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if (_isDone)
        {
            context.Post(new SendOrPostCallback(continuation), state);
            return;
        }

        _continuation = continuation;
        _state = state;
        if (flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext))
            _flow = ExecutionContext.Capture();
    }

    /// <summary>Completes it and runs what waits for it.</summary>
    protected void Complete()
    {
        _isDone = true;
        if (_continuation is not { } continuation)
            return;
        var (state, flow) = (_state, _flow);
        (_continuation, _state, _flow) = (null, null, null);
        if (flow is null)
            continuation(state);
        else
            ExecutionContext.Run(flow, new ContextCallback(continuation), state);
    }

    /// <summary>Ends one use.</summary>
    protected void Finish(short token)
    {
        Check(token);
        if (!_isDone)
            throw new InvalidOperationException("the result was asked for before there was one");
        _isDone = false;
        Version++;
    }

    void Check(short token)
    {
        if (token != Version)
            throw new InvalidOperationException("a ValueTask of the world was awaited twice");
    }
}

/// <summary>A delay that can be awaited.</summary>
internal sealed class DelaySource(WorldContext context, Stack<DelaySource> pool)
    : AwaitSource(context), IValueTaskSource, ITimed
{
    /// <inheritdoc/>
    public void Fire() => Complete();

    /// <inheritdoc/>
    public void GetResult(short token)
    {
        Finish(token);
        pool.Push(this);
    }
}

/// <summary>A call whose reply can be awaited.</summary>
internal sealed class CallSource(WorldContext context, Stack<CallSource> pool)
    : AwaitSource(context), IValueTaskSource<Message?>, ITimed
{
    Dictionary<int, CallSource>? _calls;
    int _call;
    Message? _reply;

    /// <summary>The timer that ends the waiting.</summary>
    public TimerId Timeout { get; private set; }

    /// <summary>Enters the call among those that wait.</summary>
    public void Begin(Dictionary<int, CallSource> calls, int call, TimerId timeout)
    {
        (_calls, _call, _reply) = (calls, call, null);
        Timeout = timeout;
        calls.Add(call, this);
    }

    /// <summary>The reply came.</summary>
    public void Reply(Message message)
    {
        _reply = message;
        Complete();
    }

    /// <inheritdoc/>
    public void Fire()
    {
        _calls!.Remove(_call);
        Complete();
    }

    /// <inheritdoc/>
    public Message? GetResult(short token)
    {
        Finish(token);
        var reply = _reply;
        _reply = null;
        pool.Push(this);
        return reply;
    }
}
