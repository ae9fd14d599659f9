using System.Globalization;
using Steelyard.Histories.Measuring;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>How one of two stands to the other.</summary>
public enum Standing : byte
{
    /// <summary>The same in every seed.</summary>
    Same,

    /// <summary>The interval of the difference lies on the better side.</summary>
    Better,

    /// <summary>It lies on the worse side.</summary>
    Worse,

    /// <summary>It holds zero, or nothing is known of it.</summary>
    CannotTell,
}

/// <summary>
/// Two variants over the same seeds. What a seed brings (arrivals, delays, faults) befalls both, so the
/// difference within a seed says far more than two intervals side by side (common random numbers; Law,
/// Simulation Modeling and Analysis, 10.2 and 11.2).
/// </summary>
/// <param name="First">The name of the one that is compared with.</param>
/// <param name="Second">The name of the one that is judged.</param>
/// <param name="What">The figure: <c>p99</c>.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="Difference">The second less the first.</param>
public sealed record PairedComparison(
    string First, string Second, string What, string Unit, Direction Better, ConfidenceInterval Difference)
{
    /// <summary>Compares; figures at the same place are of the same seed.</summary>
    /// <param name="first">Whom one compares with, and its figures.</param>
    /// <param name="second">Who is judged, and as many figures.</param>
    /// <param name="what">The figure.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="better">Which way is better.</param>
    public static PairedComparison Of(
        (string Name, IReadOnlyList<double> Figures) first,
        (string Name, IReadOnlyList<double> Figures) second, string what, string unit, Direction better)
    {
        if (first.Figures.Count != second.Figures.Count || first.Figures.Count == 0)
            throw new ArgumentException(
                $"expected as many figures of both, found {first.Figures.Count} and"
                + $" {second.Figures.Count}", nameof(second));
        return new(
            first.Name, second.Name, what, unit, better,
            Replications.Mean([.. first.Figures.Zip(second.Figures, (one, other) => other - one)]));
    }

    /// <summary>How the second stands to the first.</summary>
    public Standing Standing => Difference switch
    {
        { Low: 0, High: 0 } => Standing.Same,
        { Low: > 0 } => Better == Direction.MoreIsBetter ? Standing.Better : Standing.Worse,
        { High: < 0 } => Better == Direction.MoreIsBetter ? Standing.Worse : Standing.Better,
        _ => Standing.CannotTell,
    };

    /// <summary>What was found: <c>B is 3.1 to 3.4 ms slower at p99, 95 %</c>.</summary>
    public string Sentence
    {
        get
        {
            if (Standing == Standing.Same)
                return $"{First} and {Second} are the same at {What} in all {Difference.Samples:N0} seeds";
            if (!Difference.IsKnown)
                return $"{First} and {Second} cannot be told apart at {What}: {Difference.How}";
            return Standing == Standing.CannotTell
                ? $"{First} and {Second} cannot be told apart at {What} ({Second} less {First} is"
                    + $" {Extent}, 95 %)"
                : $"{Second} is {Amount} {Word} at {What}, 95 %";
        }
    }

    /// <summary>What was found, of the second alone: <c>3.1 to 3.4 ms lower</c>; where no difference is
    /// shown, between what it lies: <c>no difference shown (-0.2 to 0.3 ms)</c>.</summary>
    public string Change => Standing switch
    {
        Standing.Same => "no difference shown (the same in every seed)",
        _ when !Difference.IsKnown => $"no difference shown ({Difference.How})",
        Standing.CannotTell => $"no difference shown ({Extent})",
        _ => $"{Amount} {(Difference.Estimate > 0 ? "higher" : "lower")}",
    };

    string Extent => $"{Span(Difference.Low * Scale, Difference.High * Scale)}{ShownUnit}";

    string Amount
    {
        get
        {
            var (low, high) = (Math.Abs(Difference.Low * Scale), Math.Abs(Difference.High * Scale));
            return $"{Span(Math.Min(low, high), Math.Max(low, high))}{ShownUnit}";
        }
    }

    double Scale => Unit == "share" ? 100 : 1;

    string ShownUnit => Unit == "share" ? " points" : Unit.Length == 0 ? "" : $" {Unit}";

    string Word => (Unit is "ms" or "s" && Better == Direction.LessIsBetter, Difference.Estimate > 0) switch
    {
        (true, true) => "slower",
        (true, false) => "faster",
        (false, true) => "higher",
        (false, false) => "lower",
    };

    // As many digits as tell the ends apart: two of their distance. What is exact is told once.
    static string Span(double low, double high)
    {
        var width = high - low;
        var digits = width > 0 ? Math.Clamp(1 - (int)Math.Floor(Math.Log10(width)), 0, 9) : 3;
        var (from, to) = (Shown(low, digits), Shown(high, digits));
        return from == to ? from : $"{from} to {to}";
    }

    static string Shown(double value, int digits) => value.ToString(
        Math.Abs(value) >= 1000 ? "#,0" : digits == 0 ? "0" : $"0.{new string('#', digits)}",
        CultureInfo.InvariantCulture);
}
