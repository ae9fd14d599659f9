using System.Buffers.Binary;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Tests.Jepsen.Archive;

/// <summary>Writes values as Clojure's Fressian writer does: the shortest form of each number, texts of more
/// than 64 KiB in parts, types by their name once and then by their place, and so what is cached.</summary>
internal sealed class FressianWriter
{
    const int LongestPart = 65_536;

    readonly List<byte> _bytes = [];
    readonly List<string> _structs = [];
    readonly List<string> _cached = [];

    public byte[] Bytes => [.. _bytes];

    /// <summary>A value; texts stay texts.</summary>
    public FressianWriter Value(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Nil:
                return Code(0xF7);
            case ValueKind.Boolean:
                return Code(value.AsBoolean ? 0xF5 : 0xF6);
            case ValueKind.Integer:
                return Integer(value.AsInteger);
            case ValueKind.Real:
                return Real(value.AsReal);
            case ValueKind.Text:
                return Text(value.AsText);
            case ValueKind.List:
                Head(value.AsList.Length, 0xE4, 0xEC);
                foreach (var element in value.AsList)
                    Value(element);
                return this;
            default:
                Code(0xC0);
                Head(value.AsMap.Length * 2, 0xE4, 0xEC);
                foreach (var (key, under) in value.AsMap)
                    Value(key).Value(under);
                return this;
        }
    }

    public FressianWriter Integer(long number)
    {
        var free = (int)long.LeadingZeroCount(number < 0 ? ~number : number);
        if (free >= 58 && number >= -1)
            return Code((int)(byte)number);
        if (free <= 14)
        {
            Code(0xF8);
            return Raw(number, 8);
        }

        // Bytes that follow, and the first byte that stands for none of the highest bits.
        var (count, zero) = free switch
        {
            >= 52 => (1, 0x50),
            >= 45 => (2, 0x68),
            >= 39 => (3, 0x72),
            >= 31 => (4, 0x76),
            >= 23 => (5, 0x7A),
            _ => (6, 0x7E),
        };
        Code(zero + (int)(number >> (8 * count)));
        return Raw(number, count);
    }

    /// <summary>A keyword, its name cached.</summary>
    public FressianWriter Keyword(string name) => Code(0xCA).Code(0xF7).Cached(name, () => Text(name));

    /// <summary>What was told before goes by its place.</summary>
    public FressianWriter Cached(string identity, Action write)
    {
        var place = _cached.IndexOf(identity);
        if (place >= 0)
            return place < 32 ? Code(0x80 + place) : Code(0xCC).Integer(place);
        _cached.Add(identity);
        Code(0xCD);
        write();
        return this;
    }

    /// <summary>Begins a value of a type.</summary>
    public FressianWriter Tag(string tag, int fields)
    {
        var place = _structs.IndexOf(tag);
        if (place >= 0)
            return place < 16 ? Code(0xA0 + place) : Code(0xF0).Integer(place);
        _structs.Add(tag);
        return Code(0xEF).Text(tag).Integer(fields);
    }

    public FressianWriter Code(int code)
    {
        _bytes.Add((byte)code);
        return this;
    }

    public FressianWriter Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text).AsSpan();
        for (; bytes.Length > LongestPart; bytes = bytes[LongestPart..])
        {
            Code(0xE2).Integer(LongestPart);
            _bytes.AddRange(bytes[..LongestPart]);
        }

        Head(bytes.Length, 0xDA, 0xE3);
        _bytes.AddRange(bytes);
        return this;
    }

    public FressianWriter Digits(params byte[] bytes)
    {
        Head(bytes.Length, 0xD0, 0xD9);
        _bytes.AddRange(bytes);
        return this;
    }

    void Head(int length, int first, int whole)
    {
        if (length < 8)
            Code(first + length);
        else
            Code(whole).Integer(length);
    }

    FressianWriter Real(double number)
    {
        if (number is 0.0 or 1.0)
            return Code(number == 0.0 ? 0xFB : 0xFC);
        Code(0xFA);
        return Raw(BitConverter.DoubleToInt64Bits(number), 8);
    }

    FressianWriter Raw(long number, int count)
    {
        Span<byte> all = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(all, number);
        _bytes.AddRange(all[^count..]);
        return this;
    }
}
