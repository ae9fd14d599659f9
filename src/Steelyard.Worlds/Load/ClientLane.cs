using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Load;

/// <summary>One client, which sends the operations of its pool one at a time.</summary>
internal sealed class ClientLane(ILoadClient client, ClientPool pool, LoadBook book)
{
    const int None = -1;

    int _open = None;
    bool _isRequest;

    /// <summary>The client.</summary>
    public ILoadClient Client => client;

    /// <summary>The operation that is open; null where none is.</summary>
    public int? Open => _open == None ? null : _open;

    /// <summary>Whether the client wants to send an operation only later, for a reason of its own.</summary>
    public bool HoldsBack(in Invocation invocation) =>
        client.Client is IHoldingClient holding && holding.HoldsBack(invocation);

    /// <summary>Lets the client do what it can so that it need no longer hold an operation back.</summary>
    public async void Prepare(Invocation invocation, Action prepared)
    {
        try
        {
            await ((IHoldingClient)client.Client).Prepare(invocation);
            prepared();
        }
        catch (Exception failure)
        {
            client.Failed(failure);
            throw;
        }
    }

    /// <summary>Sends an operation.</summary>
    /// <param name="due">Which.</param>
    /// <param name="isRequest">False for sessions and final reads.</param>
    public void Send(in DueOperation due, bool isRequest)
    {
        _open = book.Send(client, due, isRequest);
        _isRequest = isRequest;
        Invoke(_open, due.Invocation);
    }

    /// <summary>Gives up on the open operation: it stays Open, and a fresh process takes over.</summary>
    public void Abandon()
    {
        _open = None;
        client.Retire();
    }

    // The world's context throws what an async void method throws: a client that fails, fails the run.
    async void Invoke(int operation, Invocation invocation)
    {
        try
        {
            Ended(operation, invocation, await client.Client.Invoke(invocation));
        }
        catch (Exception failure)
        {
            client.Failed(failure);
            throw;
        }
    }

    void Ended(int operation, in Invocation invocation, in Completion completion)
    {
        if (operation != _open)
            return;
        _open = None;
        book.Complete(operation, invocation, completion, _isRequest);
        if (completion.Outcome == Outcome.Info)
            client.Retire();
        pool.Freed(this);
    }
}
