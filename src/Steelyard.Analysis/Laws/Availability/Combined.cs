namespace Steelyard.Analysis.Laws.Availability;

/// <summary>Availability of what is made of parts that fail independently, each 0 to 1.</summary>
public static class Combined
{
    /// <summary>At least k of n equal ones are needed.</summary>
    /// <param name="needed">k, 0 to n.</param>
    /// <param name="count">n, at least 1.</param>
    /// <param name="part">The availability of each.</param>
    public static double KOfN(int needed, int count, double part)
    {
        var sum = 0.0;
        for (var up = needed; up <= count; up++)
            sum += Binomials.Of(count, up) * Math.Pow(part, up) * Math.Pow(1 - part, count - up);
        return sum;
    }

    /// <summary>How long a service of this availability is down.</summary>
    /// <param name="availability">0 to 1.</param>
    /// <param name="days">Of how many days; 365.25 is a year.</param>
    public static TimeSpan Downtime(double availability, double days) =>
        TimeSpan.FromDays((1 - availability) * days);

    /// <summary>How many nines: 3 for 0.999; infinite for 1.</summary>
    public static double Nines(double availability) => -Math.Log10(1 - availability);
}
