using Steelyard.Live.Engines;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Live.Loop;

/// <summary>All clients of a run that were not closed yet.</summary>
internal sealed class ClientFarm(LiveDeployment deployment, Seed seed)
{
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    readonly HashSet<IClient> _open = [];
    readonly List<Task> _closing = [];

    /// <summary>Makes a client for a process; it connects when it is first asked something.</summary>
    public IClient Add(EngineCluster cluster, NodeId home, int process)
    {
        var random = new SeededRandom(seed, $"client-{process}");
        var client = deployment.Engine.CreateClient(
            cluster, new() { Home = home.Index, Process = process, Random = random });
        _open.Add(client);
        return client;
    }

    /// <summary>Closes a client's connection, which may take its time: nobody waits for it.</summary>
    public void Close(IClient client)
    {
        if (_open.Remove(client))
            _closing.Add(Task.Run(() => EngineConnections.Close(client)));
    }

    /// <summary>Closes all of them, and waits a little for those that take their time.</summary>
    public void CloseAll()
    {
        foreach (var client in _open.ToList())
            Close(client);
        _ = Task.WaitAll([.. _closing], s_patience);
    }
}
