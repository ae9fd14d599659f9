using Steelyard.Designs.Requests;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.PrimaryBackup;

/// <summary>A request in the order the primary gave it.</summary>
sealed record Ordered(RequestId Id, Command Command)
{
    public int SizeBytes { get; } = 16 + Command.SizeBytes;
}

/// <summary>Who is primary; of two, the later reign counts.</summary>
readonly record struct Reign(long Number, int Primary) : IComparable<Reign>
{
    public int CompareTo(Reign other) =>
        Number != other.Number ? Number.CompareTo(other.Number) : Primary.CompareTo(other.Primary);
}

/// <summary>The log from a place on; all of it when the backup is new to this reign.</summary>
/// <param name="Reign">The primary's.</param>
/// <param name="From">How many requests come before these.</param>
/// <param name="Requests">The requests from there on.</param>
/// <param name="Committed">How many requests of the log are acknowledged.</param>
/// <param name="BackupSent">The backup's clock in its latest reply: this message is not older than that. Long
/// ago while the primary does not know what is acknowledged.</param>
/// <param name="Number">Counts what this primary sent this backup: the reply repeats it.</param>
sealed record Replicate(
    Reign Reign, int From, Ordered[] Requests, int Committed, TimeSpan BackupSent, long Number) : Message
{
    public override int SizeBytes
    {
        get
        {
            var size = EnvelopeBytes + 40;
            foreach (var request in Requests)
                size += request.SizeBytes;
            return size;
        }
    }
}

/// <summary>How much of the reign's log the backup has on disk; -1 when it is new to the reign.</summary>
/// <param name="Reign">The reign it follows.</param>
/// <param name="Has">How much it has.</param>
/// <param name="BackupSent">Its clock.</param>
/// <param name="Number">Which message it answers: a doubled one is answered twice.</param>
sealed record ReplicateReply(Reign Reign, int Has, TimeSpan BackupSent, long Number) : Message
{
    public override int SizeBytes => EnvelopeBytes + 32;
}
