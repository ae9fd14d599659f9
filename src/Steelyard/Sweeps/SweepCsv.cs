using System.Globalization;
using System.Text;
using Steelyard.Runs;

namespace Steelyard.Sweeps;

/// <summary>The points of a sweep as CSV: a row each, a figure and its interval for each objective.</summary>
internal static class SweepCsv
{
    /// <summary>The whole text; nothing stands for what is not known.</summary>
    public static string Of(SweepResult result)
    {
        var text = new StringBuilder();
        Add(text, [
            "point", .. result.Request.Variations.Select(one => one.Name),
            .. result.Aims.SelectMany(
                aim => new[] { $"{aim.Id} ({aim.Unit})", $"{aim.Id} low", $"{aim.Id} high" }),
            "standing", "rival", "seeds", "validity", "invalid", "precise", "unstable", "repeat",
        ]);
        foreach (var point in result.Points)
            Add(text, Row(result, point));
        return text.ToString();
    }

    static IEnumerable<string> Row(SweepResult result, SweptPoint point)
    {
        yield return point.Point.Number.ToString(CultureInfo.InvariantCulture);
        foreach (var value in point.Point.Values)
            yield return value;
        foreach (var aim in result.Aims)
        {
            var interval = point.Interval(aim.Id);
            yield return Number(interval?.Estimate);
            yield return Number(interval?.Low);
            yield return Number(interval?.High);
        }

        yield return StandingWords.Id(point.Standing);
        yield return point.Rival?.Name ?? "";
        yield return point.Runs.Count.ToString(CultureInfo.InvariantCulture);
        yield return point.Validity.ToString();
        yield return point.Runs.Count(run => run.Validity == Histories.Validity.Invalid)
            .ToString(CultureInfo.InvariantCulture);
        yield return point.IsPrecise ? "true" : "false";
        yield return point.Runs.Any(run => run.Unstable is not null) ? "true" : "false";
        yield return RunCommand.Of(point.Point.Run.With(result.Request.Seeds[0]).Spec);
    }

    static string Number(double? value) => value is { } number && double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : "";

    static void Add(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendJoin(',', cells.Select(Quoted)).Append('\n');

    static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\n\r")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
