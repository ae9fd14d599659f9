using System.Globalization;
using System.Text;

namespace Steelyard.Histories;

/// <summary>
/// A payload word: what operations carry in and out. Sixteen bytes; integers, booleans and nil cost no
/// allocation. Equality is by content; order is total (by kind, then content), so sorting never depends on
/// hashes.
/// </summary>
public readonly struct Value : IEquatable<Value>, IComparable<Value>
{
    static readonly object BooleanTag = new();
    static readonly object IntegerTag = new();
    static readonly object RealTag = new();

    // null: nil. One of the tags: the bits are the value. Otherwise the string, Value[] or pair array itself.
    readonly object? _content;
    readonly long _bits;

    Value(object? content, long bits)
    {
        _content = content;
        _bits = bits;
    }

    /// <summary>Nothing.</summary>
    public static Value Nil => default;

    /// <summary>The list without elements.</summary>
    public static Value EmptyList { get; } = new(Array.Empty<Value>(), 0);

    /// <summary>What this holds.</summary>
    public ValueKind Kind => _content switch
    {
        null => ValueKind.Nil,
        string => ValueKind.Text,
        Value[] => ValueKind.List,
        KeyValuePair<Value, Value>[] => ValueKind.Map,
        _ when ReferenceEquals(_content, IntegerTag) => ValueKind.Integer,
        _ when ReferenceEquals(_content, BooleanTag) => ValueKind.Boolean,
        _ => ValueKind.Real,
    };

    /// <summary>True for nil.</summary>
    public bool IsNil => _content is null;

    /// <summary>True for an integer.</summary>
    public bool IsInteger => ReferenceEquals(_content, IntegerTag);

    /// <summary>The integer held.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public long AsInteger => IsInteger ? _bits : throw Mismatch(ValueKind.Integer);

    /// <summary>The boolean held.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public bool AsBoolean =>
        ReferenceEquals(_content, BooleanTag) ? _bits != 0 : throw Mismatch(ValueKind.Boolean);

    /// <summary>The double held.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public double AsReal =>
        ReferenceEquals(_content, RealTag) ? BitConverter.Int64BitsToDouble(_bits)
            : throw Mismatch(ValueKind.Real);

    /// <summary>The text held.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public string AsText => _content as string ?? throw Mismatch(ValueKind.Text);

    /// <summary>The elements held, in order.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public ReadOnlySpan<Value> AsList => _content as Value[] ?? throw Mismatch(ValueKind.List);

    /// <summary>The pairs held, sorted by key.</summary>
    /// <exception cref="InvalidOperationException">It holds something else.</exception>
    public ReadOnlySpan<KeyValuePair<Value, Value>> AsMap =>
        _content as KeyValuePair<Value, Value>[] ?? throw Mismatch(ValueKind.Map);

    /// <summary>An integer.</summary>
    public static implicit operator Value(long number) => new(IntegerTag, number);

    /// <summary>A text; null becomes nil.</summary>
    public static implicit operator Value(string? text) => new(text, 0);

    /// <summary>A boolean.</summary>
    public static Value Of(bool truth) => new(BooleanTag, truth ? 1 : 0);

    /// <summary>A double.</summary>
    public static Value Of(double number) => new(RealTag, BitConverter.DoubleToInt64Bits(number));

    /// <summary>A list of the elements, in order; the array is copied.</summary>
    public static Value List(params ReadOnlySpan<Value> elements) =>
        elements.IsEmpty ? EmptyList : new(elements.ToArray(), 0);

    /// <summary>A map of the pairs; sorted by key here.</summary>
    /// <exception cref="ArgumentException">Two pairs have the same key.</exception>
    public static Value Map(params ReadOnlySpan<(Value Key, Value Value)> pairs)
    {
        var sorted = new KeyValuePair<Value, Value>[pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
            sorted[i] = new(pairs[i].Key, pairs[i].Value);
        Array.Sort(sorted, static (a, b) => a.Key.CompareTo(b.Key));
        for (var i = 1; i < sorted.Length; i++)
            if (sorted[i].Key == sorted[i - 1].Key)
                throw new ArgumentException($"the key {sorted[i].Key} stands twice in a map", nameof(pairs));
        return new(sorted, 0);
    }

    /// <summary>The value under a key of a map, or nil when the key is absent.</summary>
    /// <exception cref="InvalidOperationException">It holds something other than a map.</exception>
    public Value this[Value key]
    {
        get
        {
            foreach (var pair in AsMap)
                if (pair.Key == key)
                    return pair.Value;
            return Nil;
        }
    }

    /// <inheritdoc/>
    public bool Equals(Value other)
    {
        if (ReferenceEquals(_content, other._content))
            return _bits == other._bits;
        return (_content, other._content) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (Value[] a, Value[] b) => a.AsSpan().SequenceEqual(b),
            (KeyValuePair<Value, Value>[], KeyValuePair<Value, Value>[]) => CompareTo(other) == 0,
            _ => false,
        };
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <summary>A hash of the content, the same in every process.</summary>
    public override int GetHashCode() => (int)StableHash.Of(this);

    /// <summary>Total order: nil, booleans, integers, reals, texts (ordinal), lists, maps.</summary>
    public int CompareTo(Value other)
    {
        // As numbers: the comparison of enums puts both into boxes.
        var kind = Kind;
        var order = ((int)kind).CompareTo((int)other.Kind);
        if (order != 0)
            return order;
        return kind switch
        {
            ValueKind.Nil => 0,
            ValueKind.Real => AsReal.CompareTo(other.AsReal),
            ValueKind.Text => string.CompareOrdinal(AsText, other.AsText),
            ValueKind.List => AsList.SequenceCompareTo(other.AsList),
            ValueKind.Map => CompareMaps(AsMap, other.AsMap),
            _ => _bits.CompareTo(other._bits),
        };
    }

    static int CompareMaps(
        ReadOnlySpan<KeyValuePair<Value, Value>> left, ReadOnlySpan<KeyValuePair<Value, Value>> right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = left[i].Key.CompareTo(right[i].Key);
            if (order == 0)
                order = left[i].Value.CompareTo(right[i].Value);
            if (order != 0)
                return order;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>The same content.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Other content.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    /// <summary>Earlier in the total order.</summary>
    public static bool operator <(Value left, Value right) => left.CompareTo(right) < 0;

    /// <summary>Later in the total order.</summary>
    public static bool operator >(Value left, Value right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the total order.</summary>
    public static bool operator <=(Value left, Value right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the total order.</summary>
    public static bool operator >=(Value left, Value right) => left.CompareTo(right) >= 0;

    /// <summary>As people write it: <c>nil</c>, <c>7</c>, <c>[4, 7]</c>, <c>{a: 1}</c>, bare text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.ToString();
    }

    void WriteTo(StringBuilder text)
    {
        switch (Kind)
        {
            case ValueKind.Nil:
                text.Append("nil");
                break;
            case ValueKind.Boolean:
                text.Append(AsBoolean ? "true" : "false");
                break;
            case ValueKind.Integer:
                text.Append(_bits);
                break;
            case ValueKind.Real:
                text.Append(AsReal.ToString("R", CultureInfo.InvariantCulture));
                break;
            case ValueKind.Text:
                text.Append(AsText);
                break;
            case ValueKind.List:
                WriteListTo(text);
                break;
            default:
                WriteMapTo(text);
                break;
        }
    }

    void WriteListTo(StringBuilder text)
    {
        text.Append('[');
        var separator = "";
        foreach (var element in AsList)
        {
            text.Append(separator);
            element.WriteTo(text);
            separator = ", ";
        }

        text.Append(']');
    }

    void WriteMapTo(StringBuilder text)
    {
        text.Append('{');
        var separator = "";
        foreach (var (key, value) in AsMap)
        {
            text.Append(separator);
            key.WriteTo(text);
            text.Append(": ");
            value.WriteTo(text);
            separator = ", ";
        }

        text.Append('}');
    }

    InvalidOperationException Mismatch(ValueKind wanted) => new($"expected {wanted}, found {Kind}: {this}");
}
