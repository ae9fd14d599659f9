using Steelyard.Analysis.Laws;

namespace Steelyard.Analysis.Measurements.Confidence;

/// <summary>Figures of runs that share nothing but their scenario, each from a seed of its own: independent
/// whatever happens inside a run.</summary>
public static class Replications
{
    /// <summary>The mean over runs, with Student's t (Law, Simulation Modeling and Analysis, 9.4.1). The
    /// figure of a run may be a quantile: then it is the mean of the runs' quantiles.</summary>
    /// <param name="figures">One of each run; at least one.</param>
    public static ConfidenceInterval Mean(IReadOnlyList<double> figures)
    {
        var how = $"Student's t over {figures.Count:N0} replications";
        return figures.Count < 2
            ? ConfidenceInterval.Unknown(figures[0], 1, "one replication says nothing of its error")
            : WithStudentsT(figures, how, figures.Count);
    }

    /// <summary>Student's t over independent values; at least two.</summary>
    internal static ConfidenceInterval WithStudentsT(
        IReadOnlyList<double> values, string how, long samples)
    {
        var mean = values.Average();
        var error = StandardError(values, mean) * StudentsT.Quantile975(values.Count - 1);
        return new(mean - error, mean, mean + error, samples, how);
    }

    /// <summary>The standard error of a mean of independent values around it.</summary>
    internal static double StandardError(IReadOnlyList<double> values, double around) =>
        Math.Sqrt(values.Sum(value => (value - around) * (value - around))
            / (values.Count - 1) / values.Count);
}
