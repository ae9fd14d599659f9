using Steelyard.Designs.Requests;
using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Quorum;

/// <summary>What do you have of a key?</summary>
sealed record Fetch(Value Key) : Message
{
    public override int SizeBytes => EnvelopeBytes + SizeOf(Key);
}

sealed record Fetched(Version[] Versions) : Message
{
    public override int SizeBytes => EnvelopeBytes + Merging.SizeOf(Versions);
}

/// <summary>Merge this into what you have of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Versions">What to merge.</param>
/// <param name="For">The replica it is meant for, when another node stands in; null when it is meant for
/// the receiver.</param>
sealed record Store(Value Key, Version[] Versions, NodeId? For = null) : Message
{
    public override int SizeBytes => EnvelopeBytes + 5 + SizeOf(Key) + Merging.SizeOf(Versions);
}

sealed record Stored : Message;

/// <summary>Make a version of a value, written by a client that had seen <paramref name="Seen"/>.</summary>
sealed record Mint(Value Key, Value Value, VersionVector Seen, long Life) : Message, IForOneLife
{
    public override int SizeBytes => EnvelopeBytes + 8 + Seen.SizeBytes + SizeOf(Key) + SizeOf(Value);
}

sealed record Minted(Version Version) : Message
{
    public override int SizeBytes => EnvelopeBytes + Version.SizeBytes;
}

/// <summary>All I have: anti-entropy (DeCandia et al. 2007, section 4.7, without the Merkle trees: keys are
/// few here).</summary>
sealed record Gossip((Value Key, Version[] Versions)[] Keys) : Message
{
    public override int SizeBytes
    {
        get
        {
            var size = EnvelopeBytes + 4;
            foreach (var (key, versions) in Keys)
                size += SizeOf(key) + Merging.SizeOf(versions);
            return size;
        }
    }
}
