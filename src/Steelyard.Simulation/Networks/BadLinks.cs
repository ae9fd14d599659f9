using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Simulation.Networks;

/// <summary>How well a link works.</summary>
internal readonly record struct LinkQuality(double Loss, double Duplication, double Reordering,
    double Slowdown, long DelayNs)
{
    /// <summary>The longest that is added besides, for each message anew, ns.</summary>
    public long JitterNs { get; init; }

    /// <summary>Bytes a second that faults leave of it; null is no limit of theirs.</summary>
    public long? Bandwidth { get; init; }
}

/// <summary>
/// The links that are bad now, on top of the topology's own quality. Troubles add up; of several slowdowns
/// the largest counts, since their product would keep messages under way for long after the heal, and of
/// several bandwidths the smallest.
/// </summary>
internal sealed class BadLinks(Topology topology, Placement places)
{
    readonly record struct Bad(ILinkSet Links, LinkTrouble Trouble, EffectMark Effect);

    readonly List<Bad> _active = [];
    readonly LinkQuality _usual = new(topology.Loss, topology.Duplication, topology.Reordering, 1, 0);

    /// <summary>Makes links bad.</summary>
    public void Add(ILinkSet links, LinkTrouble trouble, EffectMark effect) =>
        _active.Add(new(links, trouble, effect));

    /// <summary>Makes them good again.</summary>
    public void Remove(ILinkSet links) => _active.RemoveAll(bad => bad.Links == links);

    readonly bool _isUsuallyPerfect = topology is { Loss: 0, Duplication: 0, Reordering: 0 };

    /// <summary>Whether every link loses nothing, doubles nothing and keeps its order now.</summary>
    public bool AreNone => _isUsuallyPerfect && _active.Count == 0;

    /// <summary>The quality of a link now.</summary>
    public LinkQuality Of(int from, int to) =>
        _active.Count == 0 ? _usual : Worsened(places.NodeOf(from), places.NodeOf(to));

    /// <summary>A message of this link was lost, doubled …: those that have a share in it had an
    /// effect.</summary>
    public void Happened(int from, int to, Func<LinkTrouble, bool> hasShare)
    {
        foreach (var bad in _active)
            if (!bad.Effect.IsSet && hasShare(bad.Trouble)
                && bad.Links.Covers(places.NodeOf(from), places.NodeOf(to)))
                bad.Effect.Set();
    }

    LinkQuality Worsened(int from, int to)
    {
        var quality = _usual;
        foreach (var (links, trouble, _) in _active)
            if (links.Covers(from, to))
                quality = new(
                    quality.Loss + trouble.Loss, quality.Duplication + trouble.Duplication,
                    quality.Reordering + trouble.Reordering, Math.Max(quality.Slowdown, trouble.Slowdown),
                    quality.DelayNs + (trouble.Delay.Ticks * 100))
                {
                    JitterNs = quality.JitterNs + (trouble.Jitter.Ticks * 100),
                    Bandwidth = Narrower(quality.Bandwidth, trouble.BandwidthBytesPerSecond),
                };
        return quality;
    }

    static long? Narrower(long? one, long? other) =>
        one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;
}
