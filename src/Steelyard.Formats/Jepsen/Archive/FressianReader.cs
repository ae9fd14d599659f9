using System.Buffers.Binary;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>
/// Reads values in Fressian, the binary form of Clojure's data: the first byte tells the kind, short forms
/// hold their length in it, and what stands often is told once and then by its place in a cache. Keywords,
/// symbols and characters become texts, sets become sorted lists, as from EDN.
/// </summary>
/// <param name="bytes">One value after another.</param>
/// <param name="blocks">Whose they are, for mistakes.</param>
/// <param name="block">In which block they stand.</param>
internal sealed class FressianReader(ReadOnlyMemory<byte> bytes, ArchiveBlocks blocks, int block)
{
    const int DeepestNesting = 200;

    // Lists of a known length are made as they are read: a damaged length must not cost memory.
    const int LargestGuess = 1024;

    readonly List<Value?> _cache = [];
    readonly List<(string Tag, int Fields)> _structs = [];
    int _at;
    int _depth;

    /// <summary>True when no value is left.</summary>
    public bool IsAtEnd => _at == bytes.Length;

    /// <summary>The next value.</summary>
    /// <exception cref="UserMistakeException">It is damaged.</exception>
    public Value Read() => Read(NextByte());

    Value Read(int code)
    {
        if (++_depth > DeepestNesting)
            throw Mistake($"values nest deeper than {DeepestNesting} levels");
        var value = ReadNested(code);
        _depth--;
        return value;
    }

    Value ReadNested(int code) => code switch
    {
        < FressianCode.CachedFirst => Packed(code),
        < FressianCode.StructFirst => FromCache(code - FressianCode.CachedFirst),
        < FressianCode.StructEnd => Struct(code - FressianCode.StructFirst),
        < FressianCode.ArrayEnd => List(Length()),
        FressianCode.Cached => FromCache(Length()),
        FressianCode.ToCache => ToCache(),
        >= FressianCode.ShortBytesFirst and <= FressianCode.Bytes => Convert.ToHexStringLower(Bytes(code)),
        >= FressianCode.ShortTextFirst and <= FressianCode.Text => Text(code),
        >= FressianCode.ShortListFirst and < FressianCode.List => List(code - FressianCode.ShortListFirst),
        FressianCode.List => List(Length()),
        FressianCode.ClosedList => EndedList(mayEndWithBytes: false),
        FressianCode.OpenList => EndedList(mayEndWithBytes: true),
        FressianCode.NewStruct => NewStruct(),
        FressianCode.Struct => Struct(Length()),
        FressianCode.True => Value.Of(true),
        FressianCode.False => Value.Of(false),
        FressianCode.Nil => Value.Nil,
        FressianCode.MinusOne => -1,
        FressianCode.Integer => Take(sizeof(long), BinaryPrimitives.ReadInt64BigEndian),
        FressianCode.Float => Value.Of((double)Take(sizeof(float), BinaryPrimitives.ReadSingleBigEndian)),
        FressianCode.Double => Value.Of(Take(sizeof(double), BinaryPrimitives.ReadDoubleBigEndian)),
        FressianCode.DoubleZero => Value.Of(0.0),
        FressianCode.DoubleOne => Value.Of(1.0),
        FressianCode.Footer => AfterFooter(),
        FressianCode.ResetCaches => AfterReset(),
        _ => FressianTags.OfCode(code) is { } known
            ? Tagged(known.Tag, known.Fields)
            : throw Mistake($"expected a value, found the byte 0x{code:X2}"),
    };

    // The first byte tells how many follow and, as the distance from the middle of its range, the highest
    // bits.
    Value Packed(int code)
    {
        if (code < FressianCode.OneByteEnd)
            return code;
        var (zero, count) = code switch
        {
            < 0x60 => (0x50, 1),
            < 0x70 => (0x68, 2),
            < 0x74 => (0x72, 3),
            < 0x78 => (0x76, 4),
            < 0x7C => (0x7A, 5),
            _ => (0x7E, 6),
        };
        long number = code - zero;
        foreach (var one in Take(count))
            number = (number << 8) | one;
        return number;
    }

    Value FromCache(int place) => place < _cache.Count && _cache[place] is { } held
        ? held
        : throw Mistake($"expected a value told before, found number {place} of {_cache.Count}");

    Value ToCache()
    {
        var place = _cache.Count;
        _cache.Add(null);
        var value = Read();
        _cache[place] = value;
        return value;
    }

    Value NewStruct()
    {
        var tag = Read();
        if (tag.Kind != ValueKind.Text)
            throw Mistake($"expected the name of a type, found {tag}");
        _structs.Add((tag.AsText, Length()));
        return Struct(_structs.Count - 1);
    }

    Value Struct(int place) => (uint)place < (uint)_structs.Count
        ? Tagged(_structs[place].Tag, _structs[place].Fields)
        : throw Mistake($"expected a type told before, found number {place} of {_structs.Count}");

    Value Tagged(string tag, int count)
    {
        if (FressianTags.HoldsBytes(tag))
            return FressianTags.NumberOf(Bytes(NextByte()), count > 1 ? Length() : 0);
        // An array tells its length, and then its elements.
        if (tag.EndsWith("[]", StringComparison.Ordinal))
            return List(Length());
        Value[] fields = [.. List(count).AsList];
        try
        {
            return FressianTags.ValueOf(tag, fields)
                ?? throw Mistake($"expected the fields of {tag}, found others");
        }
        catch (UserMistakeException twice) when (twice.InnerException is ArgumentException)
        {
            throw Mistake(twice.Message);
        }
    }

    Value List(int count)
    {
        var elements = new List<Value>(Math.Min(count, LargestGuess));
        for (var i = 0; i < count; i++)
            elements.Add(Read());
        return Value.List([.. elements]);
    }

    Value EndedList(bool mayEndWithBytes)
    {
        var elements = new List<Value>();
        while (!(mayEndWithBytes && IsAtEnd))
        {
            var code = NextByte();
            if (code == FressianCode.ListEnd)
                break;
            elements.Add(Read(code));
        }

        return Value.List([.. elements]);
    }

    // All but the last of several parts say so.
    ReadOnlySpan<byte> Parts(int code, int first, int part)
    {
        if (code >= first && code < part)
            return Take(code - first);
        var whole = new List<byte>();
        for (; code == part; code = NextByte())
            whole.AddRange(Take(Length()));
        if (code < first || code > part + 1)
            throw Mistake($"expected the last part of something, found the byte 0x{code:X2}");
        whole.AddRange(Take(code < part ? code - first : Length()));
        return whole.ToArray();
    }

    ReadOnlySpan<byte> Bytes(int code) => Parts(code, FressianCode.ShortBytesFirst, FressianCode.BytesPart);

    string Text(int code) =>
        Encoding.UTF8.GetString(Parts(code, FressianCode.ShortTextFirst, FressianCode.TextPart));

    // A footer ends what was written at once: its magic word goes on, then length and checksum.
    Value AfterFooter()
    {
        Take(3 + sizeof(int) + sizeof(int));
        return AfterReset();
    }

    Value AfterReset()
    {
        _cache.Clear();
        _structs.Clear();
        return Read();
    }

    int Length()
    {
        var value = Read();
        return value is { Kind: ValueKind.Integer, AsInteger: >= 0 and <= int.MaxValue }
            ? (int)value.AsInteger
            : throw Mistake($"expected a length, found {value}");
    }

    int NextByte() => Take(1)[0];

    ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - _at)
            throw Mistake("expected more of a value, found the end of its block");
        _at += count;
        return bytes.Span.Slice(_at - count, count);
    }

    T Take<T>(int count, Func<ReadOnlySpan<byte>, T> read) => read(Take(count));

    UserMistakeException Mistake(string what) => blocks.Mistake($"block {block} at its byte {_at}: {what}");
}
