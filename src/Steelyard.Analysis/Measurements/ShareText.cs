using System.Globalization;

namespace Steelyard.Analysis.Measurements;

/// <summary>Shares for people.</summary>
public static class ShareText
{
    /// <summary>A share in percent, to a tenth; never rounded up to all or down to nothing: 99.96 % is not
    /// 100 %.</summary>
    /// <param name="share">From 0 to 1.</param>
    public static string Percent(double share)
    {
        if (share is > 0 and < 0.001)
            return "under 0.1 %";
        var percent = share * 100;
        // Beyond the last tenth below all, as many nines as it takes to tell it from all; then no more.
        var digits = percent is > 99.9 and < 100
            ? Math.Clamp((int)Math.Ceiling(-Math.Log10(100 - percent)), 2, 4) : 1;
        var unit = Math.Pow(10, digits);
        var rounded = share < 1 ? Math.Min(Math.Round(percent * unit) / unit, 100 - (1 / unit)) : percent;
        return string.Create(CultureInfo.InvariantCulture, $"{rounded:0.####} %");
    }
}
