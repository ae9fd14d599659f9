namespace Steelyard.Formats.Reading;

/// <summary>A stream's bytes with one byte of look-ahead; knows its line and column.</summary>
internal sealed class ByteReader(Stream? stream)
{
    /// <summary>What <see cref="Peek"/> gives after the last byte.</summary>
    public const int End = -1;

    // Most files are small; the others pay for one more read.
    const int FirstRead = 1 << 12;
    const int LaterReads = 1 << 16;

    byte[] _buffer = [];
    int _at;
    int _end;
    long _before;
    long _lineStart;

    /// <summary>Reads bytes that are all there.</summary>
    public ByteReader(byte[] bytes)
        : this(stream: null) => (_buffer, _end) = (bytes, bytes.Length);

    /// <summary>1-based.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>1-based, in bytes.</summary>
    public int Column => (int)(_before + _at - _lineStart) + 1;

    /// <summary>The next byte, or <see cref="End"/>.</summary>
    public int Peek() => _at < _end ? _buffer[_at] : Refill();

    /// <summary>The next byte, passed over, or <see cref="End"/>.</summary>
    public int Next()
    {
        var next = Peek();
        if (next == End)
            return End;
        _at++;
        if (next == '\n')
        {
            Line++;
            _lineStart = _before + _at;
        }

        return next;
    }

    /// <summary>Some of the bytes to come, at least one; empty at the end.</summary>
    public ReadOnlySpan<byte> Ahead => Peek() == End ? [] : _buffer.AsSpan(_at, _end - _at);

    /// <summary>Passes over bytes of <see cref="Ahead"/>, none of them a line break.</summary>
    public void Skip(int count) => _at += count;

    int Refill()
    {
        if (stream is null)
            return End;
        _before += _end;
        _at = 0;
        if (_buffer.Length < LaterReads)
            _buffer = new byte[_buffer.Length == 0 ? FirstRead : LaterReads];
        _end = stream.Read(_buffer);
        return _end == 0 ? End : _buffer[0];
    }
}
