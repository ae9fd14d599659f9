using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Networks;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Tests.Engines;

/// <summary>Nodes on the loopback with nothing between them, as somebody else would have started
/// them.</summary>
sealed class PlainNetwork(int nodes) : ClusterNetwork(nodes)
{
    readonly Dictionary<(int Node, string Service), IPEndPoint> _ports = [];

    public override string Summary => "nothing between nodes";

    public override IReadOnlyList<string> Within(int node) => [];

    public override IPEndPoint Listen(int node, string service, int port)
    {
        lock (_ports)
        {
            if (!_ports.TryGetValue((node, service), out var place))
                _ports.Add((node, service), place = FreePort());
            return place;
        }
    }

    public override IPEndPoint Peer(int node, string service, int port) => Listen(node, service, port);

    protected override void Close()
    {
    }

    protected override Socket Dial() => new(SocketType.Stream, ProtocolType.Tcp);

    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        throw new NotSupportedException();

    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) =>
        throw new NotSupportedException();

    protected override Action ResetNodes(
        IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect) =>
        throw new NotSupportedException();

    protected override Action ForgetNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        throw new NotSupportedException();

    static IPEndPoint FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return (IPEndPoint)listener.LocalEndpoint;
    }
}
