using System.Runtime.CompilerServices;
using System.Text;
using Steelyard.Histories;

namespace Steelyard.Formats;

/// <summary>
/// The two texts in which testers of weak isolation keep histories: AWDIT's and Plume's. Both tell which
/// session did what and in which order, and nothing of real time. A session is a process; the value 0 that
/// nobody wrote is what stood there at first.
/// </summary>
internal static class SessionText
{
    /// <summary>Reads either.</summary>
    /// <exception cref="UserMistakeException">A line is not of the form.</exception>
    public static HistoryRead Read(Stream stream, string name, HistoryFormat format, bool keepPartial)
    {
        var lines = new LineReader(stream, name);
        var steps = new TransactionStepsBuilder();
        try
        {
            if (format == HistoryFormat.Awdit)
                new AwditText(lines, name, steps).ReadAll();
            else
                new PlumeText(lines, name, steps).ReadAll();
            return new(steps.Build(), format, null);
        }
        catch (CutShortException cut)
        {
            var where = $"{name} is cut short at line {cut.Line} column {cut.Column}: {cut.Message}";
            if (keepPartial)
                return new(steps.Build(), format, where);
            throw new UserMistakeException(where, cut);
        }
    }

    /// <summary>Which of the two a first line belongs to, or null.</summary>
    public static HistoryFormat? FormatOf(string line)
    {
        line = line.Trim();
        if (line.Length > 2 && (line.All(one => one == '-') || line.All(one => one == '=')))
            return HistoryFormat.Awdit;
        if (line.Length < 3 || line[0] is not ('r' or 'w'))
            return null;
        var words = line[1..].Split([' ', '\t', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        if (!words.All(word => long.TryParse(word, out _)))
            return null;
        return line[1] == '(' && words.Length == 4 ? HistoryFormat.Plume
            : line[1] is ' ' or '\t' && words.Length == 2 ? HistoryFormat.Awdit
            : null;
    }

    /// <summary>The mistake a line is; one that the file's end cut off is another.</summary>
    public static Exception Mistake(LineReader lines, string name, string expected, ReadOnlySpan<byte> found)
    {
        if (lines.IsCut)
            return new CutShortException("the last line is cut short", lines.Line, found.Length + 1);
        var shown = Encoding.UTF8.GetString(found[..Math.Min(found.Length, 80)]);
        return new UserMistakeException($"{name} line {lines.Line}: expected {expected}, found \"{shown}\"");
    }

    /// <summary>Takes a whole number from the front of a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TakeNumber(ref ReadOnlySpan<byte> line, out long number)
    {
        var isNegative = line.Length > 0 && line[0] == '-';
        var at = isNegative ? 1 : 0;
        var start = at;
        for (number = 0; at < line.Length && at - start < 19 && (uint)(line[at] - '0') <= 9; at++)
            number = (number * 10) + (line[at] - '0');
        var isWhole = at > start && number >= 0 && (at == line.Length || (uint)(line[at] - '0') > 9);
        number = isNegative ? -number : number;
        line = line[at..];
        return isWhole;
    }
}
