namespace Steelyard.Worlds;

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

/// <summary>All a simulated client may touch.</summary>
public interface IClientWorld : IEndpointWorld
{
    /// <summary>The node it stands beside: it is cut off with it by a partition, though not crashed with
    /// it.</summary>
    NodeId Home { get; }

    /// <summary>The process it serves.</summary>
    int Process { get; }
}
