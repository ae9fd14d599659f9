using System.Runtime.CompilerServices;
using Steelyard.Histories;

namespace Steelyard.Formats.Reading;

/// <summary>A stream's lines as bytes, without copies; memory is one buffer.</summary>
/// <param name="stream">The stream.</param>
/// <param name="name">The file, for messages.</param>
internal sealed class LineReader(Stream stream, string name)
{
    // Far more than any line of numbers needs.
    const int LongestLine = 1 << 17;

    readonly byte[] _buffer = new byte[LongestLine];
    int _at;
    int _end;
    bool _isWhole = true;

    /// <summary>The number of the line read last; 1-based.</summary>
    public int Line { get; private set; }

    /// <summary>True when the line read last ended with the file and not with a line break.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The next line, without white space around it.</summary>
    /// <exception cref="UserMistakeException">A line is longer than any can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        var length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
        while (length < 0 && _isWhole)
        {
            Refill();
            length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
        }

        IsCut = length < 0;
        line = _buffer.AsSpan(_at, IsCut ? _end - _at : length);
        if (IsCut && line.IsEmpty)
            return false;
        _at = Math.Min(_end, _at + line.Length + 1);
        Line++;
        line = Trimmed(line);
        return true;
    }

    void Refill()
    {
        if (_end - _at == LongestLine)
            throw new UserMistakeException(
                $"{name} line {Line + 1}: expected a line of at most {LongestLine} bytes, found"
                + " a longer one");
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        var count = stream.Read(_buffer.AsSpan(_end));
        _isWhole = count > 0;
        _end += count;
    }

    static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line)
    {
        while (!line.IsEmpty && line[0] is (byte)' ' or (byte)'\t')
            line = line[1..];
        while (!line.IsEmpty && line[^1] is (byte)' ' or (byte)'\t' or (byte)'\r')
            line = line[..^1];
        return line;
    }
}
