using Steelyard.Designs.Requests;

namespace Steelyard.Designs.Quorum;

/// <summary>What becomes of versions that meet.</summary>
internal enum VersionResolution : byte
{
    /// <summary>The last writer wins: the highest tag stays.</summary>
    Lww,

    /// <summary>Version vectors with one entry a server: what one covers is dropped, the others are
    /// siblings.</summary>
    VectorClock,

    /// <summary>Dotted version vectors (Preguiça et al. 2010): a version is dropped only by a writer that
    /// had seen it.</summary>
    Dotted,
}

/// <summary>What orders the writes under <see cref="VersionResolution.Lww"/>.</summary>
internal enum TagSource : byte
{
    /// <summary>One more than the highest counter a quorum holds, then the writer (Lynch and Shvartsman
    /// 1997).</summary>
    Counter,

    /// <summary>The client's wall clock, then the writer: one round less, and wrong as soon as clocks
    /// differ.</summary>
    Clock,
}

/// <summary>How a quorum system runs.</summary>
internal sealed record QuorumOptions
{
    /// <summary>Replicas of every key: the first so many nodes; further nodes stand in for them when
    /// sloppy.</summary>
    public int N { get; init; } = 3;

    /// <summary>Replicas a read hears.</summary>
    public int R { get; init; } = 2;

    /// <summary>Replicas a write reaches.</summary>
    public int W { get; init; } = 2;

    /// <summary>True when a read brings the replicas it heard up to date, without waiting for it.</summary>
    public bool ReadRepair { get; init; }

    /// <summary>True when a read writes what it found back to W replicas before it returns it.</summary>
    public bool WriteBack { get; init; }

    /// <summary>True when nodes outside the N take the place of silent ones, and hand what they got over
    /// later (DeCandia et al. 2007, section 4.6).</summary>
    public bool Sloppy { get; init; }

    /// <summary>What becomes of versions that meet.</summary>
    public VersionResolution Resolution { get; init; }

    /// <summary>What orders the writes.</summary>
    public TagSource Tags { get; init; }

    /// <summary>What reads are promised.</summary>
    public ReadLevel Level { get; init; }

    /// <summary>How long a client waits for the rest of a quorum before it asks the silent ones
    /// again.</summary>
    public TimeSpan RoundTimeout { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How often it asks.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>How often a replica tells the others what it has, and a stand-in tries to hand
    /// over.</summary>
    public TimeSpan GossipPeriod { get; init; } = TimeSpan.FromSeconds(1);
}
