namespace Steelyard.Analysis.Laws;

/// <summary>Numbers of ways to choose.</summary>
internal static class Binomials
{
    /// <summary>How many ways there are to choose some of a number, n over k; 0 where k is above n.</summary>
    public static double Of(int count, int chosen)
    {
        if (chosen < 0 || chosen > count)
            return 0;
        var ways = 1.0;
        for (var i = 1; i <= Math.Min(chosen, count - chosen); i++)
            ways = ways * (count - i + 1) / i;
        return ways;
    }
}
