using System.Runtime.CompilerServices;
using System.Text;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Weak;

/// <summary>What the two texts share in which testers of weak isolation keep histories.</summary>
internal static class SessionText
{
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

    /// <summary>Takes a whole line of numbers without signs or blanks beside its marks, as recorders write
    /// them; what is not so plain is left to whoever reads slowly.</summary>
    /// <param name="line">The line, whose first letter is passed over.</param>
    /// <param name="marks">What stands before each number, and behind the last.</param>
    /// <param name="numbers">Where to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryPlain(ReadOnlySpan<byte> line, ReadOnlySpan<byte> marks, Span<long> numbers)
    {
        var at = 1;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (at >= line.Length || line[at] != marks[i])
                return false;
            var (start, number) = (++at, 0L);
            for (uint digit; at < line.Length && (digit = (uint)(line[at] - '0')) <= 9; at++)
                number = (number * 10) + digit;
            // Eighteen digits always fit.
            if (at == start || at - start > 18)
                return false;
            numbers[i] = number;
        }

        return line[at..].SequenceEqual(marks[numbers.Length..]);
    }

    /// <summary>The whole numbers of a step: of <c>r(0,1,0,0)</c> four; none when it is no step.</summary>
    public static int NumbersOf(string line)
    {
        if (line.Length < 3 || line[0] is not ('r' or 'w'))
            return 0;
        var words = line[1..].Split([' ', '\t', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
        return words.All(word => long.TryParse(word, out _)) ? words.Length : 0;
    }
}
