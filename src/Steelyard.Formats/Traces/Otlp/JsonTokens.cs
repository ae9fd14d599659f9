using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Traces.Otlp;

/// <summary>The tokens of one JSON value after another, read as the bytes come; knows their place.</summary>
internal ref struct JsonTokens
{
    const int DeepestNesting = 64;
    const int BufferBytes = 1 << 18;

    readonly Stream _stream;
    readonly string _name;
    byte[] _buffer;
    byte[] _scratch = [];
    int _length;
    int _linesBefore;
    readonly int _firstLine;
    Utf8JsonReader _reader;

    /// <summary>Takes the bytes from the first.</summary>
    /// <param name="begun">The first bytes; they are overwritten in the end. None takes all from the
    /// stream.</param>
    /// <param name="stream">The bytes after these.</param>
    /// <param name="name">The file, for messages.</param>
    /// <param name="linesBefore">How many lines of the file stand before them.</param>
    public JsonTokens(ArraySegment<byte> begun, Stream stream, string name, int linesBefore)
    {
        (_buffer, _length) = begun.Count == 0 ? (new byte[BufferBytes], 0) : (begun.Array!, begun.Count);
        (_linesBefore, _firstLine) = (linesBefore, linesBefore);
        _stream = stream;
        _name = name;
        var options = new JsonReaderOptions { MaxDepth = DeepestNesting, AllowMultipleValues = true };
        _reader = new(_buffer.AsSpan(0, _length), isFinalBlock: false, new(options));
    }

    /// <summary>What the last token is.</summary>
    public readonly JsonTokenType Type => _reader.TokenType;

    readonly int TokenStart => (int)Math.Min(_reader.TokenStartIndex, _length);

    readonly int Line => _linesBefore + 1 + _buffer.AsSpan(0, TokenStart).Count((byte)'\n');

    readonly int Column => TokenStart - _buffer.AsSpan(0, TokenStart).LastIndexOf((byte)'\n');

    /// <summary>Reads the next token; false at the end of the bytes, between values.</summary>
    /// <exception cref="JsonException">It is no JSON: see <see cref="Mistake(JsonException)"/>.</exception>
    /// <exception cref="CutShortException">The bytes end within a value.</exception>
    public bool Read()
    {
        while (!_reader.Read())
            if (!Refill())
                return false;
        return true;
    }

    /// <summary>What is no JSON, with line and column.</summary>
    public readonly UserMistakeException Mistake(JsonException broken)
    {
        var end = broken.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var what = (end < 0 ? broken.Message : broken.Message[..end]).TrimEnd('.', ' ');
        return new(
            $"{_name} line {_firstLine + broken.LineNumber + 1} column {broken.BytePositionInLine + 1}:"
            + $" expected JSON: {what}", broken);
    }

    /// <summary>Reads the next token, of a value that has begun.</summary>
    public void Must()
    {
        if (!Read())
            throw new CutShortException("the last value is not whole", Line, Column);
    }

    /// <summary>Passes over the value that comes next, or whose first token this is.</summary>
    public void Skip()
    {
        if (Type == JsonTokenType.PropertyName)
            Must();
        if (Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = _reader.CurrentDepth;
        do
            Must();
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>Reads what must begin a list; false where null stands in its place.</summary>
    public bool List() => Begins(JsonTokenType.StartArray, "a list");

    /// <summary>Reads what must begin an object; false where null stands in its place.</summary>
    public bool Object() => Begins(JsonTokenType.StartObject, "an object");

    /// <summary>Moves to the next element of a list; false at its end.</summary>
    public bool Element()
    {
        Must();
        return Type != JsonTokenType.EndArray;
    }

    /// <summary>Moves to the next property of an object; false at its end.</summary>
    public bool Property()
    {
        Must();
        return Type == JsonTokenType.PropertyName;
    }

    /// <summary>The name of a property, or a text, without escapes.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            if (!_reader.ValueIsEscaped)
                return _reader.ValueSpan;
            if (_scratch.Length < _reader.ValueSpan.Length)
                _scratch = new byte[_reader.ValueSpan.Length];
            try
            {
                return _scratch.AsSpan(0, _reader.CopyString(_scratch));
            }
            catch (InvalidOperationException broken)
            {
                throw new UserMistakeException("expected text in Unicode, found half a character", broken);
            }
        }
    }

    /// <summary>Reads a text; empty where null stands in its place.</summary>
    public ReadOnlySpan<byte> Text()
    {
        Must();
        return Type switch
        {
            JsonTokenType.String => Bytes,
            JsonTokenType.Null => [],
            _ => throw Mistake("a text"),
        };
    }

    /// <summary>Reads a whole number from 0, which may stand in quotes.</summary>
    public ulong Unsigned()
    {
        Must();
        return Utf8Parser.TryParse(Digits, out ulong number, out var used) && used == Digits.Length ? number
            : throw Mistake("a whole number");
    }

    /// <summary>Reads a whole number, which may stand in quotes.</summary>
    public long Signed()
    {
        Must();
        return Utf8Parser.TryParse(Digits, out long number, out var used) && used == Digits.Length ? number
            : throw Mistake("a whole number");
    }

    /// <summary>Reads a real number; its text where it is none in JSON.</summary>
    public Value Real()
    {
        Must();
        if (Utf8Parser.TryParse(Digits, out double number, out var used) && used == Digits.Length)
            return Value.Of(number);
        return Type == JsonTokenType.String ? System.Text.Encoding.UTF8.GetString(Bytes)
            : throw Mistake("a number");
    }

    /// <summary>What was expected where the last token stands.</summary>
    public readonly UserMistakeException Mistake(string expected) =>
        Place($"expected {expected}, found {Found}");

    /// <summary>The same line with its place.</summary>
    public readonly UserMistakeException Place(string line, Exception? inner = null) =>
        new($"{_name} line {Line} column {Column}: {line}", inner);

    readonly string Found => Type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String or JsonTokenType.Number or JsonTokenType.PropertyName =>
            $"\"{Encoding.UTF8.GetString(_reader.ValueSpan[..Math.Min(40, _reader.ValueSpan.Length)])}\"",
        _ => Type.ToString().ToLowerInvariant(),
    };

    ReadOnlySpan<byte> Digits =>
        Type is JsonTokenType.Number or JsonTokenType.String ? Bytes : throw Mistake("a number");

    bool Begins(JsonTokenType type, string what)
    {
        Must();
        return Type == type || (Type == JsonTokenType.Null ? false : throw Mistake(what));
    }

    bool Refill()
    {
        var used = (int)_reader.BytesConsumed;
        _linesBefore += _buffer.AsSpan(0, used).Count((byte)'\n');
        var state = _reader.CurrentState;
        var depth = _reader.CurrentDepth;
        _buffer.AsSpan(used, _length - used).CopyTo(_buffer);
        _length -= used;
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = _stream.Read(_buffer.AsSpan(_length));
        _length += count;
        _reader = new(_buffer.AsSpan(0, _length), isFinalBlock: false, state);
        if (count > 0)
            return true;
        if (depth == 0 && _buffer.AsSpan(0, _length).IndexOfAnyExcept(" \t\r\n"u8) < 0)
            return false;
        var rest = _buffer.AsSpan(0, _length);
        throw new CutShortException(
            "the last value is not whole", _linesBefore + 1 + rest.Count((byte)'\n'),
            _length - rest.LastIndexOf((byte)'\n'));
    }
}
