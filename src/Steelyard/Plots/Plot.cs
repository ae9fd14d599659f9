namespace Steelyard.Plots;

/// <summary>A curve or several over one axis, with their units.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="X">The name of the horizontal axis, with its unit.</param>
/// <param name="Y">The name of the vertical axis, with its unit.</param>
/// <param name="Series">The curves.</param>
public sealed record Plot(string Title, string X, string Y, IReadOnlyList<PlotSeries> Series)
{
    /// <summary>Whether equal steps upwards are equal factors; all values must be above 0 then.</summary>
    public bool IsLogY { get; init; }

    /// <summary>Parts of the horizontal axis that stand out.</summary>
    public IReadOnlyList<(double From, double To)> Shaded { get; init; } = [];

    internal (double Low, double High) XRange => Range(point => point.X, isFromZero: false);

    internal (double Low, double High) YRange => IsLogY
        ? Decades()
        : Range(point => point.Y, isFromZero: true);

    (double Low, double High) Decades()
    {
        var values = Series.SelectMany(series => series.Points).Select(point => Math.Log10(point.Y)).ToList();
        if (values.Count == 0)
            return (1, 10);
        var (low, high) = (Math.Floor(values.Min()), Math.Ceiling(values.Max()));
        return (Math.Pow(10, low), Math.Pow(10, Math.Max(high, low + 1)));
    }

    (double Low, double High) Range(Func<(double X, double Y), double> of, bool isFromZero)
    {
        var values = Series.SelectMany(series => series.Points).Select(of).ToList();
        if (values.Count == 0)
            return (0, 1);
        var (low, high) = (isFromZero ? Math.Min(0, values.Min()) : values.Min(), values.Max());
        return high > low ? (low, high) : (low, low + Math.Max(1, Math.Abs(low)));
    }
}

/// <summary>One curve, or points.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Points">Its points, from left to right where they are joined.</param>
public sealed record PlotSeries(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>False for points that stand by themselves.</summary>
    public bool IsJoined { get; init; } = true;
}
