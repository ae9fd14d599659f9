namespace Steelyard.Live.Networks;

/// <summary>What a cluster's network is made of.</summary>
internal enum NetworkKind
{
    /// <summary>Namespaces where this machine lets us, else proxies.</summary>
    Best,

    /// <summary>Network namespaces, or nothing.</summary>
    Namespaces,

    /// <summary>Proxies on the loopback.</summary>
    Proxies,
}
