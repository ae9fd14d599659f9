using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Two numbers a line, apart by commas, semicolons, tabs or blanks; a first line of names, empty
/// lines and comments after <c>#</c> are passed over.</summary>
internal static class MeasuredPoints
{
    static readonly char[] Separators = [',', ';', '\t', ' '];

    /// <summary>The points of a file.</summary>
    /// <exception cref="UserMistakeException">A line is not two numbers above 0; the message names
    /// it.</exception>
    public static IReadOnlyList<(double X, double Y)> Read(string path)
    {
        var points = new List<(double, double)>();
        foreach (var (number, raw) in InputFile.Read(path).Split('\n').Index())
        {
            var line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
                continue;
            var cells = line.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
            if (cells.Length == 2 && TryNumber(cells[0], out var x) && TryNumber(cells[1], out var y))
                points.Add(x > 0 && y > 0 ? (x, y) : throw new UserMistakeException(
                    $"{path} line {number + 1}: expected loads and throughputs above 0, found {x} and {y}"));
            else if (points.Count > 0 || line.Any(char.IsAsciiDigit) || !line.Any(char.IsLetter))
                throw new UserMistakeException(
                    $"{path} line {number + 1}: expected two numbers, load and throughput, found \"{line}\"");
        }

        return points.Count > 0 ? points : throw new UserMistakeException(
            $"{path}: expected lines of load and throughput, found none");
    }

    static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
