using System.Numerics;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Jepsen.Archive;

/// <summary>What the types that Clojure and Jepsen write are as values.</summary>
internal static class FressianTags
{
    // As Jepsen writes an operation: these, and a map of whatever else it holds.
    static readonly Value[] OperationFields = ["index", "time", "type", "process", "f", "value"];

    /// <summary>The type that a byte stands for.</summary>
    public static (string Tag, int Fields)? OfCode(int code) => code switch
    {
        FressianCode.Map => ("map", 1),
        FressianCode.Set => ("set", 1),
        FressianCode.Uuid => ("uuid", 1),
        FressianCode.Regex => ("regex", 1),
        FressianCode.Uri => ("uri", 1),
        FressianCode.BigInteger => ("bigint", 1),
        FressianCode.BigDecimal => ("bigdec", 2),
        FressianCode.Instant => ("inst", 1),
        FressianCode.Symbol => ("sym", 2),
        FressianCode.Keyword => ("key", 2),
        _ => null,
    };

    /// <summary>True for numbers whose digits are bytes.</summary>
    public static bool HoldsBytes(string tag) => tag is "bigint" or "bigdec";

    /// <summary>A number of any length, a real where 64 bits do not hold it.</summary>
    /// <param name="digits">Two's complement, the highest byte first.</param>
    /// <param name="scale">How many of its decimal digits stand behind the point.</param>
    public static Value NumberOf(ReadOnlySpan<byte> digits, int scale)
    {
        var whole = new BigInteger(digits, isUnsigned: false, isBigEndian: true);
        if (scale > 0)
            return Value.Of((double)whole / Math.Pow(10, scale));
        return whole >= long.MinValue && whole <= long.MaxValue ? (long)whole : Value.Of((double)whole);
    }

    /// <summary>A value of a type; null where its fields do not fit. What the type means besides, such as
    /// that it is an atom, is left out.</summary>
    /// <exception cref="UserMistakeException">A key stands twice in a map.</exception>
    public static Value? ValueOf(string tag, Value[] fields) => (tag, fields) switch
    {
        ("map", [{ Kind: ValueKind.List } pairs]) => MapOf(pairs.AsList),
        ("map", _) => null,
        ("set" or "persistent-hash-set" or "persistent-sorted-set",
            [{ Kind: ValueKind.List } set]) => Sorted(set.AsList),
        ("key" or "sym", [var space, { Kind: ValueKind.Text } name]) =>
            space.Kind == ValueKind.Text ? $"{space.AsText}/{name.AsText}" : name,
        ("key" or "sym", _) => null,
        ("char", [{ Kind: ValueKind.Integer, AsInteger: >= 0 and <= char.MaxValue } code]) =>
            ((char)code.AsInteger).ToString(),
        ("ratio", [{ Kind: ValueKind.Integer } over, { Kind: ValueKind.Integer } under]) =>
            Value.Of((double)over.AsInteger / under.AsInteger),
        ("jepsen.history.Op", [.. var told, { Kind: ValueKind.Map or ValueKind.Nil } more])
            when told.Length == OperationFields.Length => OperationOf(told, more),
        ("jepsen.history.Op", _) => null,
        ("record", [_, var map]) => map,
        ("block-ref", [var number]) => BlockReference.To(number),
        (_, [var only]) => only,
        _ => Value.List(fields),
    };

    static Value? MapOf(ReadOnlySpan<Value> list)
    {
        if (list.Length % 2 != 0)
            return null;
        var pairs = new List<(Value, Value)>(list.Length / 2);
        for (var i = 0; i < list.Length; i += 2)
            pairs.Add((list[i], list[i + 1]));
        return MapValue.Of(pairs);
    }

    static Value Sorted(ReadOnlySpan<Value> elements)
    {
        var sorted = elements.ToArray();
        Array.Sort(sorted);
        return Value.List(sorted);
    }

    static Value OperationOf(Value[] told, Value more)
    {
        var pairs = new List<(Value, Value)>();
        for (var i = 0; i < told.Length; i++)
            pairs.Add((OperationFields[i], told[i]));
        if (!more.IsNil)
            foreach (var (key, value) in more.AsMap)
                pairs.Add((key, value));
        return MapValue.Of(pairs);
    }
}
