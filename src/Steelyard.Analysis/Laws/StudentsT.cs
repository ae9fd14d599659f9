using MathNet.Numerics.Distributions;

namespace Steelyard.Analysis.Laws;

/// <summary>Student's t: how many standard errors an interval reaches.</summary>
public static class StudentsT
{
    /// <summary>Where 97.5 % of the distribution lie below, for intervals of 95 %.</summary>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double Quantile975(int freedom) => StudentT.InvCDF(0, 1, freedom, 0.975);
}
