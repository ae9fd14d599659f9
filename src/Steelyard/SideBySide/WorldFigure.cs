using System.Globalization;
using Steelyard.Analysis.Measurements;

namespace Steelyard.SideBySide;

/// <summary>A row of the table of figures.</summary>
/// <param name="Words">What it is, with its unit.</param>
/// <param name="Of">Its value in a run, as text.</param>
internal sealed record WorldFigure(string Words, Func<WorldColumn, string> Of)
{
    const string None = "–";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<WorldFigure> All { get; } =
    [
        new("Requests due", column => column.Counts.Due.ToString("N0", CultureInfo.InvariantCulture)),
        new("Answered in time", column => Share(column.Counts.Answered, column.Counts.Due)),
        new("Answered at last", column => Share(column.Counts.AnsweredEver, column.Counts.Due)),
        new("Answered per second", column => Number(column.Measured("throughput"))),
        Percentile("Median latency, ms", 0.5),
        Percentile("95th percentile, ms", 0.95),
        Percentile("99th percentile, ms", 0.99),
        Percentile("99.9th percentile, ms", 0.999),
        Percentile("Slowest, ms", 1),
    ];

    /// <summary>A number with three digits that count.</summary>
    public static string Number(double? value) => value is not { } some || !double.IsFinite(some) ? None
        : some.ToString(
            some >= 100 ? "#,0" : some >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    static WorldFigure Percentile(string words, double share) =>
        new(words, column => Number(column.Percentile(share)));

    static string Share(long part, long all) => all == 0 ? None : ShareText.Percent((double)part / all);
}
