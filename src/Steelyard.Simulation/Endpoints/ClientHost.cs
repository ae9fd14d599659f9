using Steelyard.Simulation.Scheduling;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Load;

namespace Steelyard.Simulation.Endpoints;

/// <summary>The world's side of a client: an address beside its home node, and one process after the
/// other.</summary>
internal sealed class ClientHost(SimulatedRun run, int client, NodeId home)
    : Endpoint(run, run.NodeIds.Length + client, "client"), ILoadClient
{
    IClient? _client;

    /// <inheritdoc/>
    public override string Name { get; } = $"client {client}";

    /// <inheritdoc/>
    public NodeId Home => home;

    /// <inheritdoc/>
    public int Process { get; private set; } = client;

    /// <inheritdoc/>
    public IClient Client => _client ??= Run.Deployment.CreateClient(new ClientWorld(this, Process));

    /// <inheritdoc/>
    public void Retire()
    {
        EndLife();
        Process += Run.Scenario.Load.MostClients;
        _client = null;
    }

    /// <inheritdoc/>
    public void Failed(Exception failure)
    {
        if (failure is not NodeFailedException)
            throw new NodeFailedException(Name, Scheduler.NowNs, Scheduler.Events, failure);
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
