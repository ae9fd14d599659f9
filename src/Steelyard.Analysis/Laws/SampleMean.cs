namespace Steelyard.Analysis.Laws;

/// <summary>The mean of runs that do not depend on each other.</summary>
/// <param name="Value">The mean.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Runs">How many runs, at least 2.</param>
public sealed record SampleMean(double Value, double StandardError, int Runs)
{
    /// <summary>The mean, and between what it lies with 95 % (Student's t).</summary>
    public Estimate Interval
    {
        get
        {
            var reach = StudentsT.Quantile975(Runs - 1) * StandardError;
            return new(Value, Value - reach, Value + reach);
        }
    }

    /// <summary>The mean of what was measured, at least two of it.</summary>
    public static SampleMean Of(IReadOnlyList<double> measured)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(measured.Count, 2);
        var mean = measured.Average();
        var variance = measured.Sum(one => (one - mean) * (one - mean)) / (measured.Count - 1);
        return new(mean, Math.Sqrt(variance / measured.Count), measured.Count);
    }
}
