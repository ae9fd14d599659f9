using System.Globalization;

namespace Steelyard.Plots;

/// <summary>Round numbers along an axis.</summary>
internal static class AxisTicks
{
    /// <summary>About so many of them: steps of 1, 2 or 5 times a power of ten.</summary>
    public static IReadOnlyList<double> Of(double low, double high, int about)
    {
        var raw = (high - low) / Math.Max(1, about);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = power * ((raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        var first = (long)Math.Ceiling((low / step) - 1e-9);
        var last = (long)Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(tick => (first + tick) * step)];
    }

    /// <summary>The powers of ten from one to another.</summary>
    public static IReadOnlyList<double> Decades(double low, double high)
    {
        var first = (int)Math.Round(Math.Log10(low));
        return
        [
            .. Enumerable.Range(first, (int)Math.Round(Math.Log10(high)) - first + 1)
                .Select(power => Math.Pow(10, power)),
        ];
    }

    /// <summary>A tick as it is written.</summary>
    public static string Label(double value)
    {
        if (value == 0)
            return "0";
        var size = Math.Abs(value);
        return size is >= 1e6 or < 1e-3
            ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
            : value.ToString(size >= 1000 ? "#,0" : "0.####", CultureInfo.InvariantCulture);
    }
}
