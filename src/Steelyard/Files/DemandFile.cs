using System.Globalization;
using Steelyard.Analysis.Policies.Scaling.Services;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Reads how many requests come: <c>seconds,requestsPerSecond</c> on each line, with or without a
/// first line of names. A rate holds until the next line, and the last one as long as the one before
/// it.</summary>
internal static class DemandFile
{
    /// <summary>The longest demand there can be.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(14);

    const int MostShown = 40;

    /// <summary>The demand of a file.</summary>
    /// <exception cref="UserMistakeException">It cannot be read, or a line is wrong; the message names
    /// it.</exception>
    public static DemandTrace Read(string path)
    {
        var points = new List<(double Seconds, double Rate)>();
        var hasNames = false;
        foreach (var (index, raw) in InputFile.Read(path).Split('\n').Index())
        {
            var line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
                continue;
            // Names hold letters and no digits; a line of neither is wrong wherever it stands.
            if (points.Count == 0 && !hasNames && line.Any(char.IsLetter) && !line.Any(char.IsAsciiDigit))
                hasNames = true;
            else
                points.Add(Point(line, points, $"{path}:{index + 1}"));
        }

        if (points.Count < 2)
            throw new UserMistakeException($"{path}: expected two lines of seconds,requestsPerSecond or more,"
                + $" found {(points.Count == 0 ? "none" : "one")}");
        return DemandTrace.OfPoints(Path.GetFileName(path), points);
    }

    static (double Seconds, double Rate) Point(
        string line, List<(double Seconds, double Rate)> before, string place)
    {
        var cells = line.Split([',', ';', '\t'], StringSplitOptions.TrimEntries);
        if (cells.Length != 2 || !TryNumber(cells[0], out var seconds) || !TryNumber(cells[1], out var rate))
            throw new UserMistakeException(
                $"{place}: expected seconds,requestsPerSecond, found"
                    + $" \"{line[..Math.Min(MostShown, line.Length)]}\"");
        if (seconds < 0 || rate < 0)
            throw new UserMistakeException($"{place}: expected numbers of at least 0, found \"{line}\"");
        if (before.Count > 0 && seconds <= before[^1].Seconds)
            throw new UserMistakeException(string.Create(
                CultureInfo.InvariantCulture,
                $"{place}: expected seconds that rise, found {seconds} after {before[^1].Seconds}"));
        if (before.Count > 0 && seconds - before[0].Seconds > Longest.TotalSeconds)
            throw new UserMistakeException(
                $"{place}: expected at most {Longest.TotalDays:0} days, found {cells[0]} seconds");
        return (seconds, rate);
    }

    static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
