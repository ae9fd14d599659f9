namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>
/// A figure, and between what its true value lies with 95 %: of a hundred intervals found this way about
/// ninety-five hold what they are about. An end that nothing bounds is infinite.
/// </summary>
/// <param name="Low">The lower end; minus infinity where the samples bound nothing.</param>
/// <param name="Estimate">The figure.</param>
/// <param name="High">The upper end; infinity where the samples bound nothing.</param>
/// <param name="Samples">On how many samples it rests: values, batches' values, or replications.</param>
/// <param name="How">How it was found, for people: <c>Student's t over 3 replications</c>.</param>
public sealed record ConfidenceInterval(double Low, double Estimate, double High, long Samples, string How)
{
    /// <summary>The share of such intervals that hold what they are about.</summary>
    public const double Level = 0.95;

    /// <summary>True when both ends are bounded.</summary>
    public bool IsKnown => double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>Half of its width; infinite where an end is.</summary>
    public double HalfWidth => (High - Low) / 2;

    /// <summary>Half of its width over the size of the figure; 0 where it has no width, infinite where the
    /// figure is 0 and its interval is not.</summary>
    public double RelativeHalfWidth => HalfWidth == 0 ? 0 : HalfWidth / Math.Abs(Estimate);

    /// <summary>Whether a value lies in it; its ends do.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>The same within what the figure can be at all: a share lies from 0 to 1.</summary>
    /// <param name="least">The least it can be.</param>
    /// <param name="most">The most it can be.</param>
    public ConfidenceInterval Within(double least, double most) =>
        this with { Low = Math.Max(least, Low), High = Math.Min(most, High) };

    /// <summary>A figure of which nothing is known but itself.</summary>
    /// <param name="estimate">The figure.</param>
    /// <param name="samples">On how many samples it rests.</param>
    /// <param name="why">Why nothing is known of its error.</param>
    public static ConfidenceInterval Unknown(double estimate, long samples, string why) =>
        new(double.NegativeInfinity, estimate, double.PositiveInfinity, samples, why);
}
