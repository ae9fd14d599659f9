using System.Net;
using System.Net.Sockets;
using Steelyard.Live.Networks;

namespace Steelyard.Live.Tests.Networks;

/// <summary>Two nodes, each in a network namespace, and what one can say to the other.</summary>
sealed class NamespacePair : IDisposable
{
    readonly NamespaceSockets _first;
    readonly NamespaceSockets _second;
    readonly Socket _listener;

    public NamespacePair()
    {
        Network = new($"sy{Guid.NewGuid().ToString("N")[..6]}", nodes: 2);
        _first = new(Network.SpaceFile(0));
        _second = new(Network.SpaceFile(1));
        Service = Network.Listen(1, "peer", 7000);
        _listener = _second.Create();
        _listener.Bind(Service);
        _listener.Listen();
    }

    public static IReadOnlyList<(int From, int To)> Forth { get; } = [(0, 1)];

    public static IReadOnlyList<(int From, int To)> Both { get; } = [(0, 1), (1, 0)];

    public NamespaceNetwork Network { get; }

    public IPEndPoint Service { get; }

    public Socket NewCaller() => _first.Create();

    public async Task<(Socket Near, Socket Far)> Connect()
    {
        var near = NewCaller();
        near.NoDelay = true;
        await near.ConnectAsync(Service);
        return (near, await _listener.AcceptAsync());
    }

    public void Dispose()
    {
        _listener.Dispose();
        _first.Dispose();
        _second.Dispose();
        Network.Dispose();
    }
}
