using Steelyard.Worlds.Contracts;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>Asks an instance of a database how often each slot was asked for since the last time.</summary>
internal sealed record SlotLoadAsk : Message;

/// <summary>How often they were.</summary>
/// <param name="Asked">By slot.</param>
internal sealed record SlotLoad(IReadOnlyList<long> Asked) : Message;

/// <summary>The primary of a shard is to give slots to another shard.</summary>
/// <param name="Number">Which move; one that comes again is the same one.</param>
/// <param name="Slots">Which slots.</param>
/// <param name="Shard">Whose they are to be.</param>
/// <param name="To">The primary of that shard.</param>
internal sealed record MoveSlots(int Number, IReadOnlyList<int> Slots, int Shard, NodeId To) : Message;

/// <summary>A move has ended.</summary>
/// <param name="Number">Which.</param>
/// <param name="HasMoved">False where the slots are where they were.</param>
internal sealed record MoveEnded(int Number, bool HasMoved) : Message;

/// <summary>A piece of slots that move.</summary>
/// <param name="Number">The number of the piece.</param>
/// <param name="Rows">Versions of keys, and the writes that made them, in order.</param>
/// <param name="Seen">Writes that are known at the shard they come from.</param>
/// <param name="Bytes">How large it is.</param>
internal sealed record MovedRows(
    long Number, IReadOnlyList<Commit> Rows, IReadOnlyList<long> Seen, int Bytes) : Message
{
    public override int SizeBytes => EnvelopeBytes + Bytes;
}

/// <summary>It is there, and on the disk.</summary>
internal sealed record MovedRowsOk(long Number) : Message;

/// <summary>Slots have moved to another shard.</summary>
internal sealed record SlotsMoved(string Part, IReadOnlyList<int> Slots, int Shard) : DatabaseNews(Part);

/// <summary>A request that came to where its slot was.</summary>
/// <param name="From">Who is to be answered.</param>
/// <param name="Ask">The request.</param>
internal sealed record Forwarded(NodeId From, CallAsk Ask) : Message
{
    public override int SizeBytes => EnvelopeBytes + Ask.SizeBytes;
}
