namespace Steelyard.Histories;

/// <summary>
/// Something the user gave is wrong: a file, an option, a value. The message is the one clear line they see:
/// what was expected, what was found, and where. It is never thrown for a fault of our own.
/// </summary>
public sealed class UserMistakeException : Exception
{
    // What was found may be anything, of any length.
    const int LongestLine = 2_000;

    /// <summary>Creates the mistake from its one line.</summary>
    /// <param name="line">What was expected, what was found, and where; no trailing stop needed. Line breaks
    /// and other control characters in it, which what was found may hold, become spaces.</param>
    /// <param name="inner">The error that revealed it, or null.</param>
    public UserMistakeException(string line, Exception? inner = null)
        : base(OneLine(line), inner)
    {
    }

    /// <summary>Where in a history it is: the position of an event; null where it is elsewhere. Whoever read
    /// the history from a file knows the line.</summary>
    public int? Position { get; init; }

    static string OneLine(string line)
    {
        var cut = line.Length <= LongestLine ? line : line[..LongestLine] + "…";
        return !cut.Any(IsBreak)
            ? cut
            : string.Concat(cut.Replace("\r\n", " ", StringComparison.Ordinal)
                .Select(one => IsBreak(one) ? ' ' : one));
    }

    // Among the control characters, and the two that Unicode keeps for it, are all that break a line.
    static bool IsBreak(char one) => char.IsControl(one) || one is '\u2028' or '\u2029';
}
