using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Designs;

/// <summary>The fault that two designs tell their story by.</summary>
static class DataCentres
{
    /// <summary>Cuts all sites of a topology off from each other.</summary>
    public static PartitionFault CutFrom(Topology topology, TimeSpan at, TimeSpan length) => new()
    {
        At = at,
        For = length,
        Groups = [.. topology.Nodes.GroupBy(n => n.Site, n => n.Name).Select(site => site.ToArray())],
    };
}
