using Steelyard.Worlds.Contracts;

namespace Steelyard.Simulation.Networks;

/// <summary>Where every address stands: a client stands where its home node does, and shares the fate of its
/// links.</summary>
internal sealed class Placement
{
    readonly Topology _topology;
    readonly int[] _nodeOf;
    readonly int[] _siteOf;

    public Placement(Topology topology, int clients)
    {
        _topology = topology;
        var nodes = topology.Nodes.Count;
        _nodeOf = new int[nodes + clients];
        _siteOf = new int[nodes + clients];
        var sites = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < _nodeOf.Length; i++)
        {
            _nodeOf[i] = i < nodes ? i : (i - nodes) % nodes;
            var site = topology.Nodes[_nodeOf[i]].Site;
            sites.TryAdd(site, sites.Count);
            _siteOf[i] = sites[site];
        }
    }

    /// <summary>How many addresses there are.</summary>
    public int Count => _nodeOf.Length;

    /// <summary>The node an address stands at.</summary>
    public int NodeOf(int index) => _nodeOf[index];

    /// <summary>Whether two addresses stand in one site.</summary>
    public bool ShareSite(int left, int right) => _siteOf[left] == _siteOf[right];

    /// <summary>The name of an address' site.</summary>
    public string SiteOf(int index) => _topology.Nodes[_nodeOf[index]].Site;
}
