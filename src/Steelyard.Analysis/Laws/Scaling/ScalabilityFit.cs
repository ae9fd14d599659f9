using MathNet.Numerics.LinearAlgebra;
using Steelyard.Histories;

namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>
/// A fit of the universal scalability law to measured throughput: least squares of the throughput itself, by
/// Gauss and Newton from the fit of its inverse (Gunther 2007, section 5.6; the errors are those of R's nls).
/// </summary>
public sealed class ScalabilityFit
{
    const int Fewest = 4;
    const int Steps = 200;
    const int Halvings = 40;

    ScalabilityFit(UniversalScalability law, double residual, double[] errors, int points)
    {
        Law = law;
        ResidualError = residual;
        (ContentionError, CoherenceError, RateError) = (errors[0], errors[1], errors[2]);
        Points = points;
    }

    /// <summary>The law that fits best.</summary>
    public UniversalScalability Law { get; }

    /// <summary>The standard error of α.</summary>
    public double ContentionError { get; }

    /// <summary>The standard error of β.</summary>
    public double CoherenceError { get; }

    /// <summary>The standard error of γ.</summary>
    public double RateError { get; }

    /// <summary>The standard error of a measurement around the curve, in the unit of the
    /// throughput.</summary>
    public double ResidualError { get; }

    /// <summary>How many measurements there were.</summary>
    public int Points { get; }

    /// <summary>Fits measurements.</summary>
    /// <param name="points">Load, above 0, and throughput, above 0; four or more, at three loads or
    /// more.</param>
    /// <exception cref="UserMistakeException">There are too few, they are not above 0, or no law
    /// fits them best.</exception>
    public static ScalabilityFit Of(IReadOnlyList<(double Load, double Throughput)> points)
    {
        if (points.Count < Fewest || points.Select(point => point.Load).Distinct().Count() < 3)
            throw new UserMistakeException(
                $"expected at least {Fewest} measurements at three loads or more, found {points.Count} at"
                + $" {points.Select(point => point.Load).Distinct().Count()}");
        foreach (var (load, throughput) in points)
            if (!(load > 0 && throughput > 0))
                throw new UserMistakeException(
                    $"expected loads and throughputs above 0, found {load} and {throughput}");
        var law = Descend(Start(points), points);
        var (jacobian, residuals) = Linearized(law, points);
        var variance = residuals.DotProduct(residuals) / (points.Count - 3);
        var covariance = jacobian.TransposeThisAndMultiply(jacobian).Inverse() * variance;
        double[] errors = [.. covariance.Diagonal().Select(Math.Sqrt)];
        return errors.Append(law.Rate).All(double.IsFinite)
            ? new(law, Math.Sqrt(variance), errors, points.Count)
            : throw new UserMistakeException(
                "expected measurements that tell contention from coherence, found some of which no law is a"
                + " best fit: too large, too small, or too alike");
    }

    // N/X is a parabola in N: an ordinary regression.
    static UniversalScalability Start(IReadOnlyList<(double Load, double Throughput)> points)
    {
        var rows = Matrix<double>.Build.Dense(points.Count, 3, (row, column) => column switch
        {
            0 => 1,
            1 => points[row].Load - 1,
            _ => points[row].Load * (points[row].Load - 1),
        });
        var inverse = Vector<double>.Build.Dense(
            points.Count, row => points[row].Load / points[row].Throughput);
        var line = rows.QR().Solve(inverse);
        var first = line[0] > 0 ? line[0] : inverse.Minimum();
        return new(line[1] / first, line[2] / first, 1 / first);
    }

    static UniversalScalability Descend(
        UniversalScalability law, IReadOnlyList<(double Load, double Throughput)> points)
    {
        for (var step = 0; step < Steps; step++)
        {
            var (jacobian, residuals) = Linearized(law, points);
            var change = jacobian.QR().Solve(residuals);
            var (best, share) = (Error(law, points), 1.0);
            UniversalScalability? next = null;
            for (var half = 0; half < Halvings && next is null; half++, share /= 2)
                if (Moved(law, change * share) is { } candidate && Error(candidate, points) < best)
                    next = candidate;
            if (next is null)
                break;
            law = next;
        }

        return law;
    }

    static UniversalScalability? Moved(UniversalScalability law, Vector<double> by) =>
        law.Rate + by[2] > 0
            ? new(law.Contention + by[0], law.Coherence + by[1], law.Rate + by[2])
            : null;

    static double Error(UniversalScalability law, IReadOnlyList<(double Load, double Throughput)> points) =>
        points.Sum(point => Math.Pow(point.Throughput - law.Throughput(point.Load), 2));

    // Derivatives of the throughput by α, β and γ at each load, and what the law misses there.
    static (Matrix<double> Jacobian, Vector<double> Residuals) Linearized(
        UniversalScalability law, IReadOnlyList<(double Load, double Throughput)> points)
    {
        var jacobian = Matrix<double>.Build.Dense(points.Count, 3);
        for (var row = 0; row < points.Count; row++)
        {
            var load = points[row].Load;
            var below = 1 + (law.Contention * (load - 1)) + (law.Coherence * load * (load - 1));
            var slope = -law.Rate * load / (below * below);
            jacobian[row, 0] = slope * (load - 1);
            jacobian[row, 1] = slope * load * (load - 1);
            jacobian[row, 2] = load / below;
        }

        return (jacobian, Vector<double>.Build.Dense(
            points.Count, row => points[row].Throughput - law.Throughput(points[row].Load)));
    }
}
