using System.Net;
using System.Net.Sockets;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>
/// All nodes on the loopback, each service on a free port: what anybody can have. Engines that tell their
/// nodes where the others are reach each other through proxies, in front of each service one; from whom a
/// connection comes is told by the process that has its other end.
/// </summary>
internal sealed class LoopbackNetwork(int nodes) : ClusterNetwork(nodes)
{
    readonly Dictionary<(int Node, string Service), IPEndPoint> _ports = [];
    readonly Dictionary<(int Node, string Service), LinkProxy> _peers = [];
    readonly Dictionary<(int From, int To), LinkGate> _gates = [];
    readonly Lock _lock = new();

    /// <inheritdoc/>
    public override string Summary => "all nodes on the loopback, links cut by proxies";

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
    public override IPEndPoint Peer(int node, string service, int port)
    {
        var target = Listen(node, service, port);
        lock (_lock)
        {
            if (!_peers.TryGetValue((node, service), out var proxy))
                _peers.Add((node, service), proxy = ProxyOf(target, near => GatesTo(node, near)));
            return proxy.Address;
        }
    }

    /// <inheritdoc/>
    protected override Socket Dial() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <inheritdoc/>
    protected override void Close()
    {
        lock (_lock)
        {
            foreach (var proxy in _peers.Values)
                proxy.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect)
    {
        var gates = GatesOf(links);
        gates.ForEach(gate => gate.Cut(effect));
        return () => gates.ForEach(gate => gate.Mend());
    }

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect)
    {
        var gates = GatesOf(links);
        gates.ForEach(gate => gate.Worsen(trouble, effect));
        return () => gates.ForEach(gate => gate.Better());
    }

    // Whoever belongs to no node looks after the engine, and nothing of it is ever cut.
    LinkGates GatesTo(int node, Socket near)
    {
        var socket = SocketOwners.SocketAt(
            (IPEndPoint)near.RemoteEndPoint!, (IPEndPoint)near.LocalEndPoint!);
        for (var from = 0; from < Nodes && socket is not null; from++)
            if (ProcessesOf(from).Any(process => SocketOwners.Has(process, socket)))
                lock (_lock)
                    return new(GateOf(from, node), GateOf(node, from));
        return new(new(), new());
    }

    List<LinkGate> GatesOf(IReadOnlyList<(int From, int To)> links)
    {
        lock (_lock)
            return [.. links.Select(link => GateOf(link.From, link.To))];
    }

    LinkGate GateOf(int from, int to)
    {
        if (!_gates.TryGetValue((from, to), out var gate))
            _gates.Add((from, to), gate = new());
        return gate;
    }

    static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
