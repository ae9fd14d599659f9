using System.Net.Sockets;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Networking;

/// <summary>Finds hosts by name, as DNS would.</summary>
internal sealed class HostNames(IReadOnlyList<string> names)
{
    readonly Dictionary<string, NodeId> _addresses = names
        .Select((name, index) => (name, index))
        .ToDictionary(host => host.name, host => new NodeId(host.index), StringComparer.OrdinalIgnoreCase);

    /// <summary>Who has an address: a host's name, or a client.</summary>
    public string NameOf(NodeId address) => address.Index < names.Count ? names[address.Index] : "a client";

    /// <summary>The address of a host.</summary>
    /// <exception cref="SocketException">There is no such host.</exception>
    public NodeId Resolve(string name) => _addresses.TryGetValue(name, out var address)
        ? address
        : throw new SocketException((int)SocketError.HostNotFound);
}

/// <summary>The network as one host sees it: for services of the world that an application may ask
/// for.</summary>
internal sealed record HostNetwork(NetworkStack Stack, HostNames Names, TimeProvider Clock);
