using System.Net;
using System.Net.Sockets;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Networks;

/// <summary>
/// Where the nodes of a cluster stand, and how they and their clients reach one another. A node has services,
/// each a port with a name (<c>client</c>, <c>peer</c>). A client stands beside a node: what cuts that node
/// off cuts it off as well, though not from that node.
/// </summary>
internal abstract class ClusterNetwork(int nodes) : IDisposable
{
    readonly Dictionary<(int Home, int Node, string Service), LinkProxy> _clientLinks = [];
    readonly Dictionary<(int Node, string Service), LinkProxy> _direct = [];
    readonly GateTable _clientGates = new();
    readonly Lock _lock = new();

    /// <summary>The processes of a node; asked when somebody connects.</summary>
    public Func<int, IEnumerable<int>> ProcessesOf { get; set; } = static _ => [];

    /// <summary>How many nodes there are.</summary>
    public int Nodes => nodes;

    /// <summary>Makes the network of a run.</summary>
    /// <param name="kind">What it is made of.</param>
    /// <param name="name">The run's name.</param>
    /// <param name="nodes">How many nodes there are.</param>
    /// <exception cref="LiveException">There can be none of that kind on this machine.</exception>
    public static ClusterNetwork Of(NetworkKind kind, string name, int nodes)
    {
        var whyNot = kind == NetworkKind.Proxies ? "" : NamespaceNetwork.WhyNot();
        if (whyNot is null)
            return new NamespaceNetwork(name, nodes);
        return kind == NetworkKind.Namespaces
            ? throw new LiveException(
                $"--network: expected network namespaces to be possible here, found that {whyNot}")
            : new LoopbackNetwork(nodes);
    }

    /// <summary>What it is made of, in a few words for the report.</summary>
    public abstract string Summary { get; }

    /// <summary>What leads a program into the place of a node; empty where there is nothing to it.</summary>
    public abstract IReadOnlyList<string> Within(int node);

    /// <summary>Where a node must listen for a service.</summary>
    /// <param name="node">Which, 0-based.</param>
    /// <param name="service">The service.</param>
    /// <param name="port">The port that it usually has.</param>
    public abstract IPEndPoint Listen(int node, string service, int port);

    /// <summary>Where other nodes reach a service of a node.</summary>
    /// <inheritdoc cref="Listen"/>
    public abstract IPEndPoint Peer(int node, string service, int port);

    /// <summary>Where a client beside one node reaches a service of a node.</summary>
    /// <param name="home">The node it stands beside.</param>
    /// <param name="node">The node it wants.</param>
    /// <param name="service">The service.</param>
    /// <param name="port">The port that it usually has.</param>
    public IPEndPoint Client(int home, int node, string service, int port) =>
        ProxyOf(
            _clientLinks, (home, node, service), node, service, port,
            _ => _clientGates.Between(PlaceOf(home), node));

    /// <summary>Where we reach a service of a node to look after it, whatever is cut.</summary>
    /// <inheritdoc cref="Listen"/>
    public IPEndPoint Direct(int node, string service, int port) =>
        ProxyOf(_direct, (node, service), node, service, port, _ => new(new(), new()));

    /// <summary>Cuts directed links: what is sent over them does not arrive.</summary>
    /// <returns>What ends it.</returns>
    public Action Cut(IReadOnlyList<(int From, int To)> links, EffectMark effect)
    {
        // The sides of clients first: an answer on its way must not tell of a request after the cut.
        var clientsAgain = _clientGates.Cut(links, effect);
        return CutNodes(links, effect) + clientsAgain;
    }

    /// <summary>Makes directed links bad.</summary>
    /// <returns>What ends it.</returns>
    public Action Worsen(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect) =>
        WorsenNodes(links, trouble, effect) + _clientGates.Worsen(links, trouble, effect);

    /// <summary>Resets all connections that are open over links.</summary>
    /// <param name="links">The links, in both directions.</param>
    /// <param name="refuses">Whether new ones are reset as well until it ends.</param>
    /// <param name="effect">Set when there was one.</param>
    /// <returns>What ends it.</returns>
    public Action Reset(IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect) =>
        ResetNodes(links, refuses, effect) + _clientGates.Reset(links, refuses, effect);

    /// <summary>Lets the receivers of links forget the connections that are open over them; senders keep
    /// them, and hear nothing until it ends, and then that they are gone. New ones can be opened.</summary>
    /// <returns>What ends it.</returns>
    public Action Forget(IReadOnlyList<(int Keeper, int Forgetter)> links, EffectMark effect) =>
        ForgetNodes(links, effect) + _clientGates.Forget(links, effect);

    /// <summary>How many bytes went between clients and nodes, both ways.</summary>
    public long ClientBytes
    {
        get
        {
            lock (_lock)
                return _clientLinks.Values.Sum(link => link.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var link in _clientLinks.Values.Concat(_direct.Values))
                link.Dispose();
        }

        Close();
    }

    /// <summary>Where a client that asks from beside a node stands.</summary>
    protected virtual int PlaceOf(int home) => home;

    /// <summary>Takes away what was made for it.</summary>
    protected abstract void Close();

    /// <summary>A socket from which nodes can be reached.</summary>
    protected abstract Socket Dial();

    /// <summary>Cuts links between nodes.</summary>
    protected abstract Action CutNodes(IReadOnlyList<(int From, int To)> links, EffectMark effect);

    /// <summary>Makes links between nodes bad.</summary>
    protected abstract Action WorsenNodes(
        IReadOnlyList<(int From, int To)> links, LinkTrouble trouble, EffectMark effect);

    /// <summary>Resets connections between nodes.</summary>
    protected abstract Action ResetNodes(
        IReadOnlyList<(int From, int To)> links, bool refuses, EffectMark effect);

    /// <summary>Lets receivers forget connections between nodes.</summary>
    protected abstract Action ForgetNodes(
        IReadOnlyList<(int From, int To)> links, EffectMark effect);

    /// <summary>A proxy in front of a service of a node.</summary>
    protected LinkProxy ProxyOf(
        IPEndPoint target, Func<Socket, LinkGates> gatesOf, IPEndPoint? at = null) =>
        new(Dial, target, gatesOf, at);

    IPEndPoint ProxyOf<TKey>(
        Dictionary<TKey, LinkProxy> proxies, TKey key, int node, string service, int port,
        Func<Socket, LinkGates> gatesOf)
        where TKey : notnull
    {
        lock (_lock)
        {
            if (!proxies.TryGetValue(key, out var proxy))
                proxies.Add(key, proxy = ProxyOf(Listen(node, service, port), gatesOf));
            return proxy.Address;
        }
    }
}
