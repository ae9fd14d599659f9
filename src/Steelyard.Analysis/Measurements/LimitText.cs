using System.Globalization;

namespace Steelyard.Analysis.Measurements;

/// <summary>Limits of time for people.</summary>
public static class LimitText
{
    /// <summary><c>200 ms</c>, <c>1.5 s</c>, <c>2 min</c>, <c>3.6 h</c>.</summary>
    public static string Of(TimeSpan limit) => limit switch
    {
        { TotalSeconds: < 1 } => Told(limit.TotalMilliseconds, "ms"),
        { TotalMinutes: < 2 } => Told(limit.TotalSeconds, "s"),
        { TotalHours: < 2 } => Told(limit.TotalMinutes, "min"),
        _ => Told(limit.TotalHours, "h"),
    };

    static string Told(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}");
}
