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
    // Nodes listen on 127.0.0.1, the proxies in front of them on another address with the same port: some
    // engines tell others the port on which they listen.
    static readonly IPAddress s_front = IPAddress.Parse("127.0.0.2");

    readonly Dictionary<(int Node, string Service), IPEndPoint> _ports = [];
    readonly Dictionary<(int Node, string Service), LinkProxy> _peers = [];
    readonly GateTable _gates = new();
    readonly Lock _lock = new();
    volatile (int Node, int Process)[] _processes = [];

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
                _peers.Add(
                    (node, service),
                    proxy = ProxyOf(target, near => GatesTo(node, near), new(s_front, target.Port)));
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
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        _gates.Cut(links, effect);

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) =>
        _gates.Worsen(links, trouble, effect);

    /// <inheritdoc/>
    protected override Action ResetNodes(
        IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect) =>
        _gates.Reset(links, refuses, effect);

    /// <inheritdoc/>
    protected override Action ForgetNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        _gates.Forget(links, effect);

    // Whoever belongs to no node looks after the engine, and nothing of it is ever cut.
    LinkGates GatesTo(int node, Socket near) =>
        SocketOwners.SocketAt((IPEndPoint)near.RemoteEndPoint!, (IPEndPoint)near.LocalEndPoint!)
            is { } socket && NodeWith(socket) is { } from
            ? _gates.Between(from, node)
            : new(new(), new());

    // Looking for all processes takes long where many connections come at once, and they seldom change.
    int? NodeWith(string socket) => Among(_processes, socket) ?? Among(_processes = AllProcesses(), socket);

    (int Node, int Process)[] AllProcesses() =>
    [
        .. Enumerable.Range(0, Nodes)
            .SelectMany(node => ProcessesOf(node).Select(process => (node, process))),
    ];

    static int? Among((int Node, int Process)[] processes, string socket) => processes
        .Where(one => SocketOwners.Has(one.Process, socket))
        .Select(one => (int?)one.Node).FirstOrDefault();

    static IPEndPoint FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}
