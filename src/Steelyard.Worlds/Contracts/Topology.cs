using Steelyard.Worlds.Faults;

namespace Steelyard.Worlds.Contracts;

/// <summary>Who stands where, and how far apart.</summary>
public sealed record Topology
{
    /// <summary>The servers, in order of index.</summary>
    public required IReadOnlyList<NodeSpec> Nodes { get; init; }

    /// <summary>One-way latency between two nodes of a site.</summary>
    public LatencyDistribution WithinSite { get; init; } =
        new ExponentialLatency(TimeSpan.FromMicroseconds(200), TimeSpan.FromMicroseconds(100));

    /// <summary>One-way latency between sites.</summary>
    public LatencyDistribution BetweenSites { get; init; } =
        new ExponentialLatency(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(2));

    /// <summary>
    /// Share of messages that overtake earlier ones of their link, in [0, 1]; 0 keeps every link in order, as
    /// TCP does.
    /// </summary>
    public double Reordering { get; init; }

    /// <summary>Share of messages lost, in [0, 1].</summary>
    public double Loss { get; init; }

    /// <summary>Share of messages delivered twice, in [0, 1].</summary>
    public double Duplication { get; init; }

    /// <summary>Bytes a second on every directed link; null is without limit.</summary>
    public long? BandwidthBytesPerSecond { get; init; }

    /// <summary>What a node's processor spends on each message; messages queue meanwhile. Zero is no queue at
    /// all.</summary>
    public TimeSpan ProcessingTime { get; init; } = TimeSpan.Zero;

    /// <summary>How long a sync of the disk takes.</summary>
    public LatencyDistribution SyncTime { get; init; } =
        new ExponentialLatency(TimeSpan.FromMicroseconds(300), TimeSpan.FromMicroseconds(200));

    /// <summary>Largest offset of a node's wall clock at the start, either way; zero is perfect
    /// clocks.</summary>
    public TimeSpan InitialSkew { get; init; } = TimeSpan.Zero;

    /// <summary>Nodes n1 … of each site in turn.</summary>
    public static Topology Of(params ReadOnlySpan<(string Site, int Nodes)> sites)
    {
        var nodes = new List<NodeSpec>();
        foreach (var (site, count) in sites)
            for (var i = 0; i < count; i++)
                nodes.Add(new($"n{nodes.Count + 1}", site));
        return new() { Nodes = nodes };
    }
}

/// <summary>A server: its name (unique) and the site it stands in.</summary>
public sealed record NodeSpec(string Name, string Site)
{
    /// <summary>True for one that is there at the start and belongs to no cluster yet.</summary>
    public bool IsSpare { get; init; }

    /// <summary>True for one that only asks: no fault may hit it, and none is drawn for it.</summary>
    public bool IsClient { get; init; }

    /// <summary>How many versions of its code there are, of which the first starts; at least 1.</summary>
    public int Versions { get; init; } = 1;

    /// <summary>What it can do that some faults are about: faults of what it cannot do are refused. By
    /// default a node that keeps what it keeps on a disk.</summary>
    public NodeAbilities Abilities { get; init; } = NodeAbilities.Disk;
}
