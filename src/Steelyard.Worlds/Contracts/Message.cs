using Steelyard.Histories;

namespace Steelyard.Worlds.Contracts;

/// <summary>
/// What travels between nodes. Immutable: it is delivered by reference, perhaps twice. A design's private
/// messages stay in its file.
/// </summary>
public abstract record Message
{
    /// <summary>Bytes of an envelope on the wire: Ethernet, IP and TCP headers plus a small frame of our
    /// own.</summary>
    public const int EnvelopeBytes = 78;

    /// <summary>Size on the wire, envelope included; messages that carry data add its size.</summary>
    public virtual int SizeBytes => EnvelopeBytes;

    /// <summary>Bytes a value takes in a compact encoding (varint-free: 8 a number, 1 a character, 4 a
    /// length).</summary>
    public static int SizeOf(Value value)
    {
        var size = 1;
        switch (value.Kind)
        {
            case ValueKind.Integer or ValueKind.Real:
                size += 8;
                break;
            case ValueKind.Text:
                size += 4 + value.AsText.Length;
                break;
            case ValueKind.List:
                size += 4;
                foreach (var element in value.AsList)
                    size += SizeOf(element);
                break;
            case ValueKind.Map:
                size += 4;
                foreach (var (key, content) in value.AsMap)
                    size += SizeOf(key) + SizeOf(content);
                break;
        }

        return size;
    }
}
