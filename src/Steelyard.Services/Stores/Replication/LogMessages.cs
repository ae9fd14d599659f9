using Steelyard.Worlds;

namespace Steelyard.Services.Stores.Replication;

/// <summary>Vote for me; or, on trial, would you (Ongaro 2014, sections 3.4 and 9.6)?</summary>
internal sealed record VoteWanted(long Term, long Last, long LastTerm, bool IsTrial) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 25;
}

/// <summary>Yes or no, in the term that was asked about, or in the voter's own.</summary>
internal sealed record Vote(long Term, bool IsGranted, bool IsTrial) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 10;
}

/// <summary>Entries that follow one the replica should have; without any it says that the primary is there
/// (section 3.5).</summary>
/// <param name="Term">The primary's.</param>
/// <param name="Previous">The number of the entry before.</param>
/// <param name="PreviousTerm">Its term.</param>
/// <param name="Entries">Those that follow.</param>
/// <param name="Commit">The number up to which a majority has the log.</param>
/// <param name="Seen">The number up to which the primary shows it.</param>
/// <param name="Place">Counts the primary's messages to this replica; the answer repeats it.</param>
/// <param name="Round">The newest round of questions whether it still leads; the answer repeats it.</param>
internal sealed record Shipment(
    long Term, long Previous, long PreviousTerm, LogEntry[] Entries, long Commit, long Seen, long Place,
    long Round) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 60 + Entries.Sum(entry => entry.SizeBytes);
}

/// <summary>All data, for a replica whose next entry the primary has no more (section 5.1).</summary>
internal sealed record StateShipment(long Term, LogState State, long Place, long Round) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 24 + State.SizeBytes;
}

/// <summary>The replica's log is the primary's up to <paramref name="Match"/>, on disk; or it disagrees, and
/// <paramref name="Match"/> is where to try next.</summary>
internal sealed record Receipt(long Term, bool IsTaken, long Match, long Place, long Round) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + 33;
}
