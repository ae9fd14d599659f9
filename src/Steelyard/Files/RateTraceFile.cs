using System.Globalization;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>A recorded demand as CSV: seconds from the start and requests a second from then on, a line each;
/// a first line of words is passed over.</summary>
internal static class RateTraceFile
{
    /// <summary>Reads one.</summary>
    /// <exception cref="UserMistakeException">It is missing, empty, or a line is none.</exception>
    public static IReadOnlyList<(TimeSpan From, double PerSecond)> Read(string path)
    {
        var rates = new List<(TimeSpan From, double PerSecond)>();
        var lines = InputFile.Read(path).Split('\n');
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number].Trim();
            if (line.Length == 0 || line[0] == '#' || (number == 0 && char.IsLetter(line[0])))
                continue;
            rates.Add(Line(line, $"{path}:{number + 1}"));
            if (rates.Count > 1 && rates[^1].From <= rates[^2].From)
                throw new UserMistakeException(
                    $"{path}:{number + 1}: expected a later time than the line before, found \"{line}\"");
        }

        return rates.Count > 0
            ? rates
            : throw new UserMistakeException($"{path}: expected lines of seconds,requests a second, found none");
    }

    static (TimeSpan From, double PerSecond) Line(string line, string place)
    {
        const double most = 1_000_000;
        var words = line.Split(',');
        return words.Length == 2 && Number(words[0]) is { } seconds && Number(words[1]) is { } rate
            && rate <= most && seconds <= 1e8
            ? (TimeSpan.FromSeconds(seconds), rate)
            : throw new UserMistakeException(
                $"{place}: expected seconds,requests a second (from 0 up), found \"{line}\"");
    }

    static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && double.IsFinite(number) ? number : null;
}
