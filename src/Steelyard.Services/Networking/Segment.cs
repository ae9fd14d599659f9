using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Networking;

/// <summary>What a segment is for.</summary>
internal enum SegmentKind : byte
{
    /// <summary>Asks for a connection.</summary>
    Syn,

    /// <summary>Grants it.</summary>
    SynAck,

    /// <summary>Carries bytes.</summary>
    Data,

    /// <summary>Ends the sender's stream.</summary>
    Fin,

    /// <summary>Only acknowledges, or opens the window.</summary>
    Ack,

    /// <summary>Asks how far the window is open, and is answered by an Ack.</summary>
    Probe,

    /// <summary>There is no such connection (any more).</summary>
    Reset,
}

/// <summary>A piece of a connection on the wire, as in TCP (RFC 9293, section 3.1).</summary>
/// <param name="Connection">The connection's number, drawn by its opener.</param>
/// <param name="FromOpener">True when its opener sends.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Port">The port asked for; meaningful in a Syn.</param>
/// <param name="Sequence">Place of the first byte in the sender's stream; a Fin takes one place.</param>
/// <param name="Acknowledged">The place up to which the sender has received the other stream.</param>
/// <param name="Window">How many bytes from there on the sender has room for.</param>
/// <param name="Bytes">What it carries.</param>
internal sealed record Segment(
    long Connection, bool FromOpener, SegmentKind Kind, int Port, long Sequence, long Acknowledged,
    long Window, ReadOnlyMemory<byte> Bytes) : Message
{
    /// <inheritdoc/>
    public override int SizeBytes => EnvelopeBytes + Bytes.Length;

    /// <summary>The place after it in the sender's stream.</summary>
    public long End => Sequence + Bytes.Length + (Kind == SegmentKind.Fin ? 1 : 0);
}
