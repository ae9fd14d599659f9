namespace Steelyard.Plots;

/// <summary>What a plot is drawn on.</summary>
/// <param name="Width">From side to side, in the units of its text, which is 13 high.</param>
/// <param name="Height">From top to bottom.</param>
/// <param name="TicksAcross">About as many numbers stand along the horizontal axis.</param>
internal sealed record SvgPaper(int Width, int Height, int TicksAcross)
{
    /// <summary>A file of its own, or as wide as a page.</summary>
    public static SvgPaper Wide { get; } = new(760, 440, 8);

    /// <summary>As wide as the page of a telephone.</summary>
    public static SvgPaper Narrow { get; } = new(360, 330, 4);

    /// <summary>Whether the names of several curves stand on it.</summary>
    public bool HasLegend { get; init; } = true;
}
