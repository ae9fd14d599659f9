namespace Steelyard.Worlds.Contracts;

/// <summary>
/// Turns operations into messages, HTTP or SQL: each world has its own, and so one workload runs in all
/// three. One client serves one process; after an Info a fresh client serves the process that takes over.
/// </summary>
public interface IClient
{
    /// <summary>Runs one operation to its end, with whatever retries the design gives its clients.</summary>
    ValueTask<Completion> Invoke(Invocation invocation);
}

/// <summary>A client that is also sent messages which answer no call of its own.</summary>
public interface IListeningClient : IClient
{
    /// <summary>A message arrived.</summary>
    void Receive(NodeId from, Message message);
}

/// <summary>
/// A client that holds some operations back for reasons of its own: nobody answers a message before it has
/// seen it. Such an operation is due only when it is released. One that has to wait because its client is
/// busy is not held back: it was due.
/// </summary>
public interface IHoldingClient : IClient
{
    /// <summary>Whether it wants to send this only later; asked when it comes up and after each operation of
    /// the client, and must change nothing.</summary>
    bool HoldsBack(in Invocation invocation);

    /// <summary>Does what a client can do so that it need no longer hold this back, beside its operations;
    /// ends when it may be sent, or when it is no use to try on.</summary>
    ValueTask Prepare(Invocation invocation);
}

/// <summary>All a simulated client may touch.</summary>
public interface IClientWorld : IEndpointWorld
{
    /// <summary>The node it stands beside: it is cut off with it by a partition, though not crashed with
    /// it.</summary>
    NodeId Home { get; }

    /// <summary>The process it serves.</summary>
    int Process { get; }
}
