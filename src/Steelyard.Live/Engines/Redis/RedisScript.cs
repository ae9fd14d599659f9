using System.Globalization;
using Steelyard.Live.Matrix;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Engines.Redis;

/// <summary>What a script does to a Redis, step by step, and what it was told.</summary>
/// <param name="cluster">The servers.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class RedisScript(EngineCluster cluster, CancellationToken cancellation) : IDisposable
{
    readonly List<string> _lines = [];

    // WAIT asks of what was written over the same connection, and of nothing where that was nothing.
    readonly Dictionary<int, RespConnection> _connections = [];

    /// <summary>The servers.</summary>
    public RedisCluster Cluster { get; } = (RedisCluster)cluster;

    /// <summary>Asks a server, past all faults.</summary>
    public async Task<object?> Ask(int node, params IReadOnlyList<string> words)
    {
        if (!_connections.TryGetValue(node, out var connection))
            _connections[node] = connection = await Cluster.Connect(Cluster.Nodes[node], cancellation);
        var answer = await connection.Ask(words, cancellation);
        Tell($"{Cluster.Nodes[node].Name}> {string.Join(' ', words)} -> {answer ?? "nil"}");
        return answer;
    }

    /// <summary>Cuts the primary off from the others.</summary>
    /// <returns>What ends it.</returns>
    /// <exception cref="LiveException">Links between nodes cannot be cut here.</exception>
    public Action CutPrimaryOff()
    {
        if (Cluster.Network is not NamespaceNetwork)
            throw new LiveException(
                $"expected links between nodes that can be cut, found none: {NamespaceNetwork.WhyNot()}");
        Tell("the links of n1 to the others go down");
        return Cluster.Network.Cut(
            [.. Enumerable.Range(1, Cluster.Nodes.Count - 1).SelectMany(
                other => new[] { (0, other), (other, 0) })],
            new EffectMark());
    }

    /// <summary>Kills a server.</summary>
    public void Kill(int node)
    {
        Cluster.Nodes[node].Kill();
        if (_connections.Remove(node, out var connection))
            connection.Dispose();
        Tell($"{Cluster.Nodes[node].Name} is killed");
    }

    /// <summary>Starts a server that was killed with nothing on its disk.</summary>
    public void StartEmpty(int node)
    {
        Cluster.Wipe(Cluster.Nodes[node]);
        Cluster.StartAgain(Cluster.Nodes[node]);
        Tell($"{Cluster.Nodes[node].Name} starts with an empty disk");
    }

    /// <summary>Makes a replica the primary by hand.</summary>
    public async Task Promote(int node)
    {
        await Cluster.PromoteByHand(Cluster.Nodes[node], cancellation);
        Tell($"{Cluster.Nodes[node].Name} is promoted");
    }

    /// <summary>Waits until a replica follows.</summary>
    public Task UntilFollowing(int node) => Cluster.UntilFollowing(Cluster.Nodes[node], cancellation);

    /// <summary>Notes what happened.</summary>
    public void Tell(string line) => _lines.Add(line);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connection in _connections.Values)
            connection.Dispose();
    }

    /// <summary>What came of it.</summary>
    public ScriptFinding Found(bool occurred, FormattableString evidence) =>
        new(occurred, evidence.ToString(CultureInfo.InvariantCulture), _lines);
}
