namespace Steelyard.Formats.Json;

/// <summary>Looks for the end of a JSON object, in bytes that may grow. Every byte of a file passes here, so
/// most are passed over by one look into a table.</summary>
/// <param name="lineStart">Where the line of its first byte begins, counted from that byte.</param>
internal struct ObjectEnd(int lineStart)
{
    static readonly bool[] s_matters =
        [.. Enumerable.Range(0, 256).Select(one => "\"\\{}[]\n".Contains((char)one))];

    int _lineStart = lineStart;
    int _depth;
    bool _inText;
    bool _isEscaped;

    /// <summary>How many bytes were looked at; once the end is found, how long the object is.</summary>
    public int Length { get; private set; }

    /// <summary>Line breaks among them.</summary>
    public int Lines { get; private set; }

    /// <summary>The column of the next byte; 1-based.</summary>
    public readonly int Column => Length - _lineStart + 1;

    /// <summary>Goes on in the same bytes, of which there are more now; true where the end is among
    /// them.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        for (var at = Length; at < bytes.Length; at++)
        {
            // The byte after a backslash never ends a text. A line break is no escape, and counts as a line
            // elsewhere.
            var one = bytes[at];
            if (_isEscaped)
            {
                _isEscaped = false;
                if (one != '\n')
                    continue;
            }

            if (s_matters[one] && Ends(one, at))
            {
                Length = at + 1;
                return true;
            }
        }

        Length = bytes.Length;
        return false;
    }

    bool Ends(byte one, int at)
    {
        if (one == '\n')
            (Lines, _lineStart) = (Lines + 1, at + 1);
        else if (one == '"')
            _inText = !_inText;
        else if (_inText)
            _isEscaped = one == '\\';
        else if (one is (byte)'{' or (byte)'[')
            _depth++;
        else if (one is (byte)'}' or (byte)']')
            return --_depth == 0;
        return false;
    }
}
