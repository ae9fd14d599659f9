using System.Net;
using System.Net.Sockets;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>
/// All nodes on the loopback, each service on a free port: what anybody can have. Links to clients are cut by
/// proxies; links between nodes are not, so faults of those are refused before the run.
/// </summary>
internal sealed class LoopbackNetwork(int nodes) : ClusterNetwork(nodes)
{
    readonly Dictionary<(int Node, string Service), IPEndPoint> _ports = [];
    readonly Lock _lock = new();

    /// <inheritdoc/>
    public override string Summary => "all nodes on the loopback, links to clients cut by proxies";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Within(int node) => [];

    /// <inheritdoc/>
    public override IPEndPoint Listen(int node, string service, int port)
    {
        lock (_lock)
        {
            if (!_ports.TryGetValue((node, service), out var free))
                _ports.Add((node, service), free = FreePort());
            return free;
        }
    }

    /// <inheritdoc/>
    public override IPEndPoint Peer(int node, string service, int port) => Listen(node, service, port);

    /// <inheritdoc/>
    protected override Socket Dial() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <inheritdoc/>
    protected override void Close()
    {
    }

    /// <inheritdoc/>
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        () => { };

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) => () => { };

    static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
