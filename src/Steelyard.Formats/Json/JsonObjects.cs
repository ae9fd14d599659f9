using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Json;

/// <summary>
/// Splits a stream into its JSON objects: one after another, or the elements of one array. Only the object at
/// hand stands in memory. What is inside an object is not judged here, only where it ends.
/// </summary>
internal sealed class JsonObjects(Stream stream, string name)
{
    byte[] _buffer = new byte[1 << 16];
    int _at;
    int _end;
    int _column = 1;
    bool _inArray;
    bool _afterArray;
    bool _needsComma;

    /// <summary>Line of the next byte; 1-based.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Line of the object last found.</summary>
    public int ObjectLine { get; private set; }

    /// <summary>Column of the object last found, in bytes.</summary>
    public int ObjectColumn { get; private set; }

    /// <summary>The next object's bytes, valid until the next call; empty when there are no more.</summary>
    /// <exception cref="UserMistakeException">Something other than an object stands there.</exception>
    /// <exception cref="CutShortException">The bytes end inside an object or the array.</exception>
    public ReadOnlySpan<byte> Next()
    {
        while (true)
        {
            var next = Peek();
            switch (next)
            {
                case ByteReader.End when _inArray:
                    throw new CutShortException("expected ']', found the end", Line, _column);
                case ByteReader.End:
                    return [];
                case ' ' or '\t' or '\r' or '\n':
                    Advance();
                    break;
                case '[' when !_inArray && !_afterArray && ObjectLine == 0:
                    _inArray = true;
                    Advance();
                    break;
                case ']' when _inArray:
                    (_inArray, _afterArray) = (false, true);
                    Advance();
                    break;
                case ',' when _inArray && _needsComma:
                    _needsComma = false;
                    Advance();
                    break;
                case '{' when !_afterArray && !(_inArray && _needsComma):
                    return Object();
                default:
                    throw Unexpected(next);
            }
        }
    }

    UserMistakeException Unexpected(int next)
    {
        var expected = _afterArray ? "the end" : _inArray && _needsComma ? "',' or ']'" : "an object";
        var found = next is > 32 and < 127 ? $"'{(char)next}'" : $"byte {next}";
        return new($"{name} line {Line} column {_column}: expected {expected}, found {found}");
    }

    ReadOnlySpan<byte> Object()
    {
        (ObjectLine, ObjectColumn) = (Line, _column);
        var end = new ObjectEnd(1 - _column);
        while (!end.IsIn(_buffer.AsSpan(_at, _end - _at)))
            if (!Grow())
                throw new CutShortException(
                    "expected the end of the object that begins there", ObjectLine, ObjectColumn);
        (Line, _column) = (Line + end.Lines, end.Column);
        _needsComma = true;
        var start = _at;
        _at += end.Length;
        return _buffer.AsSpan(start, end.Length);
    }

    int Peek()
    {
        if (_at < _end)
            return _buffer[_at];
        _at = 0;
        _end = stream.Read(_buffer);
        return _end == 0 ? ByteReader.End : _buffer[0];
    }

    void Advance()
    {
        if (_buffer[_at++] == '\n')
        {
            Line++;
            _column = 1;
        }
        else
        {
            _column++;
        }
    }

    // Keeps what stands from the object's first byte on; doubles the buffer when the object fills it.
    bool Grow()
    {
        var kept = _end - _at;
        if (_at > 0)
            _buffer.AsSpan(_at, kept).CopyTo(_buffer);
        else if (kept == _buffer.Length)
            Array.Resize(ref _buffer, kept * 2);
        (_at, _end) = (0, kept);
        var more = stream.Read(_buffer.AsSpan(_end));
        _end += more;
        return more > 0;
    }
}
