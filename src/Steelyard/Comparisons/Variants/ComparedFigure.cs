using System.Globalization;
using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons.Variants;

/// <summary>A measurement by which variants are told apart.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is called in a table.</param>
/// <param name="Unit">What it is shown in: <c>%</c> of a share.</param>
internal sealed record ComparedFigure(string Id, string Name, string Unit)
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<ComparedFigure> All { get; } =
    [
        new("availability", "available", "%"),
        new("availability-majority", "majority side", "%"),
        new("availability-minority", "minority side", "%"),
        new("latency-p50", "p50", "ms"),
        new("latency-p99", "p99", "ms"),
        new("stale-reads", "stale reads", "%"),
        new("staleness-p99", "staleness p99", "ms"),
        new("messages-per-operation", "messages", "per op"),
        new("bytes-per-operation", "bytes", "per op"),
    ];

    /// <summary>The mean over the seeds of a point with its interval, as it is shown; null where no run has
    /// it.</summary>
    public ConfidenceInterval? Of(SweptPoint point) => point.Interval(Id) is not { } found ? null
        : Unit != "%" ? found
        : found with { Low = 100 * found.Low, Estimate = 100 * found.Estimate, High = 100 * found.High };

    /// <summary>Its name with its unit.</summary>
    public string Head => $"{Name}, {Unit}";

    /// <summary>As <c>86.5 ±0.3</c>, in its unit; a dash where it was not measured.</summary>
    public string Words(SweptPoint point) => Of(point) is not { } found ? "–"
        : $"{Number(found.Estimate, found)}{Width(found)}";

    // What was none or all in every run has an interval to one side.
    static string Width(ConfidenceInterval found) => !found.IsKnown || found.HalfWidth <= 0 ? ""
        : found.Estimate == found.Low ? $" (≤{Number(found.High, found)})"
        : found.Estimate == found.High ? $" (≥{Number(found.Low, found)})"
        : $" ±{Number(found.HalfWidth, found)}";

    // As many digits as the interval leaves any meaning to, and three where there is none.
    static string Number(double value, ConfidenceInterval found)
    {
        if (value is 0 or 100)
            return value.ToString("N0", CultureInfo.InvariantCulture);
        var scale = found.IsKnown && found.HalfWidth > 0 ? found.HalfWidth : Math.Abs(found.Estimate) / 100;
        var digits = scale <= 0 ? 0 : Math.Clamp(1 - (int)Math.Floor(Math.Log10(scale)), 0, 3);
        return value.ToString($"N{digits}", CultureInfo.InvariantCulture);
    }
}
