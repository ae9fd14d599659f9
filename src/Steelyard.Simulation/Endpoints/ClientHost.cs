using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds;

namespace Steelyard.Simulation.Endpoints;

/// <summary>The world's side of a client: an address beside its home node, and one process after the
/// other.</summary>
internal sealed class ClientHost(SimulatedRun run, int client, NodeId home)
    : Endpoint(run, run.NodeIds.Length + client, "client")
{
    IClient? _client;

    /// <inheritdoc/>
    public override string Name { get; } = $"client {client}";

    /// <summary>The node it stands beside.</summary>
    public NodeId Home => home;

    /// <summary>The process it is now.</summary>
    public int Process { get; private set; } = client;

    /// <summary>What serves that process.</summary>
    public IClient Client => _client ??= Run.Deployment.CreateClient(new ClientWorld(this, Process));

    /// <summary>Retires the process (its last operation may take effect at any time); a fresh one takes
    /// over.</summary>
    public void Retire()
    {
        EndLife();
        Process += Run.Scenario.Load.Clients;
        _client = null;
    }

    bool Receive(NodeId from, Message message)
    {
        if (_client is not IListeningClient listening)
            return false;
        listening.Receive(from, message);
        return true;
    }

    /// <inheritdoc/>
    public override void Handle(in Event due)
    {
        if (due.Kind == EventKind.Timer)
        {
            FireTimer(due);
            return;
        }

        Scheduler.Count(due);
        var message = (Message)due.Subject!;
        if (!Network.Arrives(due))
            return;
        Network.Reached(due);
        Network.Counted(
            delivered: due.To.Call == 0 ? Receive(due.From, message) : Reply(due.To.Call, message));
    }
}
