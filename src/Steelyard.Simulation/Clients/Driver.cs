using Steelyard.Histories;
using Steelyard.Simulation.Endpoints;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Clients;

/// <summary>
/// Invokes a client's operations one at a time and records them. What is due while one is open waits, and
/// keeps the time at which it was due: the wait is charged to it.
/// </summary>
internal sealed class Driver(SimulatedRun run, ClientHost host, Action idle)
{
    const int None = -1;

    readonly Queue<(long DueNs, Invocation Invocation)> _backlog = new();
    int _open = None;
    bool _isClosed;

    /// <summary>The client it drives.</summary>
    public ClientHost Host => host;

    /// <summary>The operation that is open; null where none is.</summary>
    public int? Open => _open == None ? null : _open;

    /// <summary>True when nothing is open and nothing waits.</summary>
    public bool IsIdle => _open == None && _backlog.Count == 0;

    HistoryBuilder History => run.History;

    long NowNs => run.Scheduler.NowNs;

    // An operation told which node to ask belongs to that one.
    string NodeOf(in Invocation invocation) => run.Nodes[(invocation.Target ?? host.Home).Index].Name;

    /// <summary>An operation is due.</summary>
    public void Due(Invocation invocation)
    {
        _backlog.Enqueue((NowNs, invocation));
        if (_open == None)
            InvokeNext();
    }

    /// <summary>The time of the workload is over: what still waits for its turn will not be sent.</summary>
    public void Close()
    {
        _isClosed = true;
        if (_open == None)
            RefuseBacklog();
    }

    /// <summary>Gives up on the open operation: it stays Open, and a fresh process takes over.</summary>
    public void Abandon()
    {
        if (_open == None)
            return;
        _open = None;
        host.Retire();
        RefuseBacklog();
        idle();
    }

    void InvokeNext()
    {
        var (dueNs, invocation) = _backlog.Dequeue();
        _open = Record(dueNs, invocation, OperationTraits.None);
        Invoke(_open, invocation);
    }

    int Record(long dueNs, in Invocation invocation, OperationTraits traits) => History.Invoke(
        host.Process, invocation.Function, invocation.Key, invocation.Input, NowNs, dueNs,
        NodeOf(invocation), traits | (invocation.IsSession ? OperationTraits.Session : OperationTraits.None));

    // The world's context throws what an async void method throws: a client that fails, fails the run.
    async void Invoke(int operation, Invocation invocation)
    {
        try
        {
            Ended(operation, await host.Client.Invoke(invocation));
        }
        catch (Exception failure) when (failure is not NodeFailedException)
        {
            throw new NodeFailedException(
                host.Name, run.Scheduler.NowNs, run.Scheduler.Events, failure);
        }
    }

    void Ended(int operation, in Completion completion)
    {
        if (operation != _open)
            return;
        _open = None;
        History.Complete(operation, completion.Outcome, completion.Output, NowNs, completion.Error);
        if (completion.Outcome == Outcome.Info)
            host.Retire();
        if (_isClosed)
            RefuseBacklog();
        // Not from within its end: a client that answers at once would go ever deeper.
        if (_backlog.Count > 0)
            run.Scheduler.Context.Post(static driver => ((Driver)driver!).InvokeNext(), this);
        else
            idle();
    }

    // Left out, these would be missing from latency and availability, though they were due and never
    // answered.
    void RefuseBacklog()
    {
        while (_backlog.TryDequeue(out var waiting))
        {
            var operation = Record(waiting.DueNs, waiting.Invocation, OperationTraits.Unsent);
            History.Complete(operation, Outcome.Fail, Value.Nil, NowNs, "never sent");
        }
    }
}
