using System.Globalization;
using Steelyard.Analysis.Measurements.Confidence;

namespace Steelyard.Sweeps;

/// <summary>A figure with its interval, for people: as many digits as its interval tells.</summary>
internal static class SweepFigure
{
    /// <summary><c>15.2 ms (14.8 to 15.6)</c>; without an interval where nothing is known of it.</summary>
    public static string Of(ConfidenceInterval interval, string unit)
    {
        var shown = UnitOf(unit) is { Length: > 0 } name ? $" {name}" : "";
        return interval is { IsKnown: true, HalfWidth: > 0 }
            ? $"{Estimate(interval, unit)}{shown} ({Low(interval, unit)} to {High(interval, unit)})"
            : $"{Estimate(interval, unit)}{shown}";
    }

    /// <summary>Without its unit, and shorter: <c>15.2 ±0.4</c>, or its ends where they are not as far from
    /// it.</summary>
    public static string Short(ConfidenceInterval interval, string unit)
    {
        if (interval is not { IsKnown: true, HalfWidth: > 0 })
            return Estimate(interval, unit);
        var (below, above) = (interval.Estimate - interval.Low, interval.High - interval.Estimate);
        return Math.Abs(below - above) < 1e-6 * interval.HalfWidth
            ? $"{Estimate(interval, unit)} ±{Shown(interval.HalfWidth, interval, unit)}"
            : $"{Estimate(interval, unit)} ({Low(interval, unit)} to {High(interval, unit)})";
    }

    /// <summary>The figure alone.</summary>
    public static string Estimate(ConfidenceInterval interval, string unit) =>
        Shown(interval.Estimate, interval, unit);

    /// <summary>The lower end.</summary>
    public static string Low(ConfidenceInterval interval, string unit) =>
        Shown(interval.Low, interval, unit);

    /// <summary>The upper end.</summary>
    public static string High(ConfidenceInterval interval, string unit) =>
        Shown(interval.High, interval, unit);

    /// <summary>The unit as it is shown.</summary>
    public static string UnitOf(string unit) => unit == "share" ? "%" : unit;

    static string Shown(double value, ConfidenceInterval interval, string unit)
    {
        var scale = unit == "share" ? 100 : 1;
        var size = interval.IsKnown && interval.HalfWidth > 0
            ? interval.HalfWidth * scale
            : Math.Abs(interval.Estimate) * scale / 100;
        var digits = size > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(size)), 0, 6) : 0;
        return (value * scale).ToString(
            digits == 0 ? "#,0" : $"#,0.{new string('#', digits)}", CultureInfo.InvariantCulture);
    }
}
