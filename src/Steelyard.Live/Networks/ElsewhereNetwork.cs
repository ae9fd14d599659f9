using System.Net;
using System.Net.Sockets;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>Nodes that run elsewhere and are not ours: all that can be cut is what clients, who stand
/// together in a place of their own, and nodes send each other.</summary>
/// <param name="addresses">Where clients reach each node.</param>
internal sealed class ElsewhereNetwork(IReadOnlyList<IPEndPoint> addresses) : ClusterNetwork(addresses.Count)
{
    /// <summary>The place of all clients, as a node among the others: the last.</summary>
    public const string Clients = "clients";

    /// <inheritdoc/>
    public override string Summary => "an engine that runs elsewhere, links of clients cut by proxies";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Within(int node) => [];

    /// <inheritdoc/>
    public override IPEndPoint Listen(int node, string service, int port) => addresses[node];

    /// <inheritdoc/>
    public override IPEndPoint Peer(int node, string service, int port) => addresses[node];

    /// <inheritdoc/>
    protected override int PlaceOf(int home) => Nodes;

    /// <inheritdoc/>
    protected override void Close()
    {
    }

    /// <inheritdoc/>
    protected override Socket Dial() => new(SocketType.Stream, ProtocolType.Tcp);

    /// <inheritdoc/>
    protected override Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        () => { };

    /// <inheritdoc/>
    protected override Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) => () => { };

    /// <inheritdoc/>
    protected override Action ResetNodes(
        IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect) => () => { };

    /// <inheritdoc/>
    protected override Action ForgetNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect) =>
        () => { };
}
