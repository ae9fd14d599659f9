using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Edn;

/// <summary>
/// Reads EDN values from a stream, one at a time. Keywords and symbols become text, tags are dropped (a
/// record <c>#jepsen.history.Op{…}</c> is its map), sets become sorted lists, ratios reals, characters text.
/// </summary>
/// <remarks>Source: github.com/edn-format/edn, and what Clojure's printer writes beyond it (regexes,
/// metadata).</remarks>
internal sealed class EdnReader(ByteReader bytes, string name)
{
    // Deeper than any recording; far from the end of our stack.
    const int DeepestNesting = 200;

    // Digits that always fit into 64 bits.
    const int LongestShortInteger = 18;

    static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" ,\n}])({[\";\t\r\f"u8);
    static readonly SearchValues<byte> TextEnds = SearchValues.Create("\"\\\n"u8);

    readonly TextCache _texts = new();
    byte[] _scratch = new byte[256];

    // The elements of lists still open, those of inner ones last: a list is copied once, when it closes.
    Value[] _pending = new Value[64];
    int _pendingCount;
    int _length;
    int _depth;
    bool _hash;

    public int Line => bytes.Line;

    /// <summary>Passes over space, commas, comments and discarded forms; the next byte, or the end.</summary>
    public int SkipToForm()
    {
        while (true)
        {
            var next = _hash ? '#' : bytes.Peek();
            if (next == ';')
                SkipComment();
            else if (IsSpace(next))
                bytes.Next();
            else if (next != '#' || _hash || !SkipDiscarded())
                return next;
        }
    }

    // One byte of look-ahead is too little for "#_": the # is passed over and remembered.
    bool SkipDiscarded()
    {
        bytes.Next();
        _hash = bytes.Peek() != '_';
        if (_hash)
            return false;
        bytes.Next();
        Read();
        return true;
    }

    /// <summary>Passes over the next byte, whatever it is.</summary>
    public void Skip() => bytes.Next();

    /// <summary>
    /// Passes over the tag of a tagged form; true when the next byte, a <c>#</c>, began one. <c>#{</c> begins
    /// a set and <c>#"</c> a regex instead: only the <c>#</c> is passed over, and <paramref name="opener"/>
    /// says which.
    /// </summary>
    public bool SkipTag(out int opener)
    {
        _hash = false;
        opener = bytes.Peek();
        if (opener is '{' or '"' or '#' or '^')
            return false;
        ReadToken();
        if (_length == 0)
            throw Unexpected("a tag after #");
        return true;
    }

    /// <summary>Passes over the metadata that begins with the next byte, <c>^{…}</c> or
    /// <c>^:word</c>.</summary>
    public void SkipMetadata()
    {
        bytes.Next();
        Read();
    }

    /// <summary>The same, also where it is written as <c>#^{…}</c>; false when something else comes
    /// next.</summary>
    public bool TrySkipMetadata()
    {
        if (bytes.Peek() != '^')
            return false;
        _hash = false;
        SkipMetadata();
        return true;
    }

    /// <summary>Reads the next value.</summary>
    public Value Read()
    {
        if (++_depth > DeepestNesting)
            throw Mistake($"values nest deeper than {DeepestNesting} levels");
        var value = ReadNested();
        _depth--;
        return value;
    }

    /// <summary>Reads a keyword that is a map's key; valid until the next read.</summary>
    /// <returns>Its bytes without the colon; empty when the key is not a keyword (it is read all the
    /// same).</returns>
    public ReadOnlySpan<byte> ReadKeywordKey()
    {
        if (_hash || bytes.Peek() != ':')
        {
            Read();
            return [];
        }

        bytes.Next();
        ReadToken();
        // In #:ns{:_/process 0} the key is :process.
        var key = _scratch.AsSpan(0, _length);
        return key.StartsWith("_/"u8) ? key[2..] : key;
    }

    /// <summary>A mistake at the present place.</summary>
    public UserMistakeException Mistake(string what) =>
        new($"{name} line {bytes.Line} column {bytes.Column}: {what}");

    /// <summary>Something else was expected at the present place; at the end of the bytes, the file is cut
    /// short.</summary>
    public Exception Unexpected(string expected)
    {
        var next = bytes.Peek();
        return next == ByteReader.End
            ? new CutShortException($"expected {expected}, found the end", bytes.Line, bytes.Column)
            : Mistake($"expected {expected}, found {Show(next)}");
    }

    Value ReadNested()
    {
        var next = SkipToForm();
        switch (next)
        {
            case '"':
                return ReadString();
            case ':':
                bytes.Next();
                return ReadName("a keyword");
            case '[':
                return ReadList(']');
            case '(':
                return ReadList(')');
            case '{':
                return ReadMap();
            case '#':
                return ReadDispatched();
            case '\\':
                return ReadCharacter();
            case '^':
                SkipMetadata();
                return Read();
            case ByteReader.End or ']' or ')' or '}':
                throw Unexpected("a value");
            default:
                return TryReadInteger(out var integer) ? integer : ReadAtom();
        }
    }

    // Most values are short integers, whole within what is at hand.
    bool TryReadInteger(out long integer)
    {
        integer = 0;
        if (_hash)
            return false;
        var ahead = bytes.Ahead;
        var length = 0;
        for (; length < ahead.Length && length < LongestShortInteger; length++)
        {
            var digit = ahead[length] - '0';
            if ((uint)digit > 9)
                break;
            integer = (integer * 10) + digit;
        }

        if (length == 0 || length == ahead.Length || !TokenEnds.Contains(ahead[length])
            || EdnNumber.HasLeadingZero(ahead[..length]))
            return false;
        bytes.Skip(length);
        return true;
    }

    Value ReadList(char closer)
    {
        bytes.Next();
        var start = _pendingCount;
        while (!Closes(closer))
        {
            var element = Read();
            if (_pendingCount == _pending.Length)
                Array.Resize(ref _pending, _pendingCount * 2);
            _pending[_pendingCount++] = element;
        }

        var elements = _pending.AsSpan(start, _pendingCount - start);
        var list = Value.List(elements);
        elements.Clear();
        _pendingCount = start;
        return list;
    }

    Value ReadSet()
    {
        bytes.Next();
        var elements = new List<Value>();
        while (!Closes('}'))
            elements.Add(Read());
        elements.Sort();
        return Value.List([.. elements]);
    }

    // In #:ns{:a 1} the key is :ns/a, and in #:ns{:_/a 1} it is :a.
    Value ReadMap(string space = "")
    {
        bytes.Next();
        var pairs = new List<(Value, Value)>();
        while (!Closes('}'))
        {
            var isName = SkipToForm() != '"';
            var key = Read();
            if (space.Length > 0 && isName && key.Kind == ValueKind.Text)
                key = InSpace(space, key.AsText);
            if (SkipToForm() == '}')
                throw Mistake($"expected a value for the key {key}, found the end of the map");
            pairs.Add((key, Read()));
        }

        try
        {
            return MapValue.Of(pairs);
        }
        catch (UserMistakeException twice)
        {
            throw new UserMistakeException($"{name} line {bytes.Line}: {twice.Message}", twice);
        }
    }

    static string InSpace(string space, string key) =>
        key.StartsWith("_/", StringComparison.Ordinal) ? key[2..]
        : key.Contains('/', StringComparison.Ordinal) ? key
        : $"{space}/{key}";

    Value ReadSpaced(string space) => SkipToForm() == '{' ? ReadMap(space) : Read();

    bool Closes(char closer)
    {
        while (true)
        {
            var next = SkipToForm();
            if (next == closer)
            {
                bytes.Next();
                return true;
            }

            if (next is ByteReader.End or ']' or ')' or '}')
                throw Unexpected($"'{closer}'");
            return false;
        }
    }

    Value ReadDispatched()
    {
        if (SkipTag(out var opener))
            return _scratch[0] == (byte)':' ? ReadSpaced(Text().TrimStart(':')) : Read();
        switch (opener)
        {
            case '{':
                return ReadSet();
            case '"':
                return ReadString();
            case '^':
                SkipMetadata();
                return Read();
            default:
                bytes.Next();
                return ReadSymbolic();
        }
    }

    Value ReadSymbolic() => ReadName("Inf, -Inf or NaN").AsText switch
    {
        "Inf" => Value.Of(double.PositiveInfinity),
        "-Inf" => Value.Of(double.NegativeInfinity),
        "NaN" => Value.Of(double.NaN),
        var other => throw Mistake($"expected ##Inf, ##-Inf or ##NaN, found ##{other}"),
    };

    Value ReadName(string what)
    {
        ReadToken();
        return _length == 0 ? throw Unexpected(what) : Text();
    }

    Value ReadAtom()
    {
        ReadToken();
        var token = _scratch.AsSpan(0, _length);
        if (_length == 0)
            throw Unexpected("a value");
        if (!EdnNumber.HasLeadingZero(token) && Utf8Parser.TryParse(token, out long integer, out var used)
            && used == token.Length)
            return integer;
        if (token.SequenceEqual("nil"u8))
            return Value.Nil;
        if (token.SequenceEqual("true"u8))
            return Value.Of(true);
        if (token.SequenceEqual("false"u8))
            return Value.Of(false);
        if (!EdnNumber.LooksLikeOne(token))
            return Text();
        var text = Text();
        return EdnNumber.Of(text) ?? throw Mistake($"expected a number, found \"{text}\"");
    }

    Value ReadCharacter()
    {
        bytes.Next();
        _length = 0;
        // The first byte belongs to the character even when it would end a token: \( and \space alike.
        if (bytes.Peek() == ByteReader.End)
            throw Unexpected("a character");
        Keep(bytes.Next());
        KeepToken();
        var text = Text();
        return text switch
        {
            "newline" => "\n",
            "space" => " ",
            "tab" => "\t",
            "return" => "\r",
            "formfeed" => "\f",
            "backspace" => "\b",
            _ when text.Length == 5 && text[0] == 'u'
                && int.TryParse(
                    text[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                => ((char)code).ToString(),
            _ => text,
        };
    }

    Value ReadString()
    {
        var (line, column) = (bytes.Line, bytes.Column);
        bytes.Next();
        _length = 0;
        while (true)
        {
            KeepUpTo(TextEnds);
            var next = bytes.Next();
            switch (next)
            {
                case ByteReader.End:
                    throw new CutShortException("expected the end of a text", line, column);
                case '"':
                    return Text();
                case '\\':
                    KeepEscaped();
                    break;
                default:
                    Keep(next);
                    break;
            }
        }
    }

    void KeepEscaped()
    {
        var next = bytes.Next();
        switch (next)
        {
            case 'n':
                Keep('\n');
                break;
            case 't':
                Keep('\t');
                break;
            case 'r':
                Keep('\r');
                break;
            case 'b':
                Keep('\b');
                break;
            case 'f':
                Keep('\f');
                break;
            case 'u':
                KeepCodeUnit();
                break;
            case ByteReader.End:
                throw Unexpected("an escaped character");
            case '"' or '\\' or '/':
                Keep(next);
                break;
            default:
                // Regexes carry escapes of their own (\d): they stay as they are.
                Keep('\\');
                Keep(next);
                break;
        }
    }

    void KeepCodeUnit()
    {
        Span<byte> four = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            if (bytes.Peek() is ByteReader.End or '"')
                throw Unexpected("four hexadecimal digits after \\u");
            four[i] = (byte)bytes.Next();
        }

        if (!Utf8Parser.TryParse(four, out uint code, out var used, 'x') || used != 4)
            throw Mistake("expected four hexadecimal digits after \\u");
        // Half of a surrogate pair alone is not text; it becomes the replacement character.
        if (!Rune.TryCreate(code, out var rune))
            rune = Rune.ReplacementChar;
        Span<byte> encoded = stackalloc byte[4];
        foreach (var one in encoded[..rune.EncodeToUtf8(encoded)])
            Keep(one);
    }

    void ReadToken()
    {
        _length = 0;
        KeepToken();
    }

    void KeepToken()
    {
        while (!KeepUpTo(TokenEnds))
        {
        }
    }

    // Keeps what is at hand up to one of the ends; true when that end, or the end of all, comes next.
    bool KeepUpTo(SearchValues<byte> ends)
    {
        var ahead = bytes.Ahead;
        var count = ahead.IndexOfAny(ends);
        var isEnd = count >= 0 || ahead.IsEmpty;
        if (count < 0)
            count = ahead.Length;
        while (_length + count > _scratch.Length)
            Array.Resize(ref _scratch, _scratch.Length * 2);
        ahead[..count].CopyTo(_scratch.AsSpan(_length));
        _length += count;
        bytes.Skip(count);
        return isEnd;
    }

    void Keep(int one)
    {
        if (_length == _scratch.Length)
            Array.Resize(ref _scratch, _length * 2);
        _scratch[_length++] = (byte)one;
    }

    string Text()
    {
        try
        {
            return _texts.Get(_scratch.AsSpan(0, _length));
        }
        catch (DecoderFallbackException broken)
        {
            throw new UserMistakeException(
                $"{name} line {bytes.Line} column {bytes.Column}: expected UTF-8, found other bytes", broken);
        }
    }

    void SkipComment()
    {
        while (bytes.Peek() is not (ByteReader.End or '\n'))
            bytes.Next();
    }

    static string Show(int one) => one is > 32 and < 127 ? $"'{(char)one}'" : $"byte {one}";

    static bool IsSpace(int one) => one is ' ' or '\n' or ',' or '\t' or '\r' or '\f';
}
