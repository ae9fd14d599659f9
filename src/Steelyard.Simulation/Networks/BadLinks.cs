using Steelyard.Worlds;

namespace Steelyard.Simulation.Networks;

/// <summary>How well a link works.</summary>
internal readonly record struct LinkQuality(double Loss, double Duplication, double Reordering,
    double Slowdown);

/// <summary>
/// The links that are bad now, on top of the topology's own quality. Troubles add up; of several slowdowns
/// the largest counts, since their product would keep messages under way for long after the heal.
/// </summary>
internal sealed class BadLinks(Topology topology, Places places)
{
    readonly List<(ILinkSet Links, LinkFault Fault)> _active = [];
    readonly LinkQuality _usual = new(topology.Loss, topology.Duplication, topology.Reordering, 1);

    /// <summary>Makes links bad.</summary>
    public void Add(ILinkSet links, LinkFault fault) => _active.Add((links, fault));

    /// <summary>Makes them good again.</summary>
    public void Remove(ILinkSet links) => _active.RemoveAll(bad => bad.Links == links);

    /// <summary>The quality of a link now.</summary>
    public LinkQuality Of(int from, int to) =>
        _active.Count == 0 ? _usual : Worsened(places.NodeOf(from), places.NodeOf(to));

    LinkQuality Worsened(int from, int to)
    {
        var quality = _usual;
        foreach (var (links, fault) in _active)
            if (links.Covers(from, to))
                quality = new(
                    quality.Loss + fault.Loss, quality.Duplication + fault.Duplication,
                    quality.Reordering + fault.Reordering, Math.Max(quality.Slowdown, fault.Slowdown));
        return quality;
    }
}
