using System.Buffers.Binary;

namespace Steelyard.Live.Networks;

/// <summary>What is said about a queue of packets over netlink: a header, the queue's number, attributes;
/// lengths as this machine writes them, numbers in attributes as a network does.</summary>
internal static class NetlinkWords
{
    const int HeaderBytes = 16;
    const int WhoseBytes = 4;
    const int AttributeBytes = 4;
    const int LengthAt = 2;

    const byte Queues = 3;
    const byte PacketCame = 0;
    const byte Verdict = 1;
    const byte Configure = 2;

    const int Request = 1;
    const int Acknowledge = 4;

    const int CommandAttribute = 1;
    const int CopyAttribute = 2;
    const int MostAttribute = 3;
    const int PacketAttribute = 1;
    const int VerdictAttribute = 2;
    const int PayloadAttribute = 10;

    const byte BindCommand = 1;
    const byte CopyPacket = 2;
    const byte HeaderOfIp = 20;
    const byte GoOn = 1;

    /// <summary>Takes a queue over.</summary>
    public static byte[] Bind(ushort queue) =>
        Message(queue, Configure, Request | Acknowledge, CommandAttribute, [BindCommand, 0, 0, 0]);

    /// <summary>Wants the header of each packet.</summary>
    public static byte[] CopyHeaders(ushort queue) => Message(
        queue, Configure, Request | Acknowledge, CopyAttribute, [0, 0, 0, HeaderOfIp, CopyPacket]);

    /// <summary>Wants so many to be held at most; what comes beyond them is dropped.</summary>
    public static byte[] HoldAtMost(ushort queue, uint packets)
    {
        var most = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(most, packets);
        return Message(queue, Configure, Request | Acknowledge, MostAttribute, most);
    }

    /// <summary>Lets a packet go on.</summary>
    public static byte[] Accept(ushort queue, uint packet)
    {
        byte[] verdict = [0, 0, 0, GoOn, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(verdict.AsSpan(4), packet);
        return Message(queue, Verdict, Request, VerdictAttribute, verdict);
    }

    /// <summary>The packets that are told of: their numbers and their lengths in bytes.</summary>
    public static IReadOnlyList<(uint Packet, int Bytes)> Packets(ReadOnlySpan<byte> received)
    {
        var packets = new List<(uint, int)>();
        while (received.Length >= HeaderBytes)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(received);
            if (received[4] == PacketCame && received[5] == Queues)
                packets.Add(PacketOf(received[(HeaderBytes + WhoseBytes)..length]));
            received = received[Math.Min(Padded(length), received.Length)..];
        }

        return packets;
    }

    static (uint Packet, int Bytes) PacketOf(ReadOnlySpan<byte> attributes)
    {
        var (packet, bytes) = (0u, 0);
        while (attributes.Length >= AttributeBytes)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(attributes);
            var content = attributes[AttributeBytes..length];
            switch (BinaryPrimitives.ReadUInt16LittleEndian(attributes[2..]))
            {
                case PacketAttribute:
                    packet = BinaryPrimitives.ReadUInt32BigEndian(content);
                    break;
                case PayloadAttribute:
                    bytes = BinaryPrimitives.ReadUInt16BigEndian(content[LengthAt..]);
                    break;
            }

            attributes = attributes[Math.Min(Padded(length), attributes.Length)..];
        }

        return (packet, bytes);
    }

    static byte[] Message(ushort queue, byte what, int flags, ushort attribute, ReadOnlySpan<byte> content)
    {
        var attributeBytes = AttributeBytes + content.Length;
        var words = new byte[HeaderBytes + WhoseBytes + Padded(attributeBytes)];
        BinaryPrimitives.WriteInt32LittleEndian(words, words.Length);
        words[4] = what;
        words[5] = Queues;
        BinaryPrimitives.WriteUInt16LittleEndian(words.AsSpan(6), (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(words.AsSpan(HeaderBytes + 2), queue);
        var rest = words.AsSpan(HeaderBytes + WhoseBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(rest, (ushort)attributeBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[2..], attribute);
        content.CopyTo(rest[AttributeBytes..]);
        return words;
    }

    static int Padded(int length) => (length + 3) & ~3;
}
