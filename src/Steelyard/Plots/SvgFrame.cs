using System.Globalization;

namespace Steelyard.Plots;

/// <summary>From the values of a plot to places on its paper.</summary>
internal sealed class SvgFrame(Plot plot, SvgPaper paper)
{
    readonly (double Low, double High) _x = plot.XRange;
    readonly (double Low, double High) _y = plot.YRange;

    /// <summary>Where the vertical axis stands; its numbers and name are before it.</summary>
    public int Left => 76;

    /// <summary>Where the horizontal axis ends.</summary>
    public int Right => paper.Width - 24;

    /// <summary>The highest value's line; above it are title and legend, where there are any.</summary>
    public int Top => plot.Title.Length > 0 || (paper.HasLegend && plot.Series.Count > 1) ? 48 : 16;

    /// <summary>The lowest value's line.</summary>
    public int Floor => paper.Height - 60;

    /// <summary>Half way across.</summary>
    public int Centre => (Left + Right) / 2;

    /// <summary>Half way up.</summary>
    public int Middle => (Top + Floor) / 2;

    /// <summary>The place of a value across.</summary>
    public string X(double value) =>
        Number(Left + ((value - _x.Low) / (_x.High - _x.Low) * (Right - Left)));

    /// <summary>The place of a value up, or somewhat below it.</summary>
    public string Y(double value, double below = 0) =>
        Number(Floor - (ShareUp(value) * (Floor - Top)) + below);

    double ShareUp(double value) => plot.IsLogY
        ? Math.Log(value / _y.Low) / Math.Log(_y.High / _y.Low)
        : (value - _y.Low) / (_y.High - _y.Low);

    static string Number(double place) => place.ToString("0.##", CultureInfo.InvariantCulture);
}
