namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>How many requests come, over time.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="RatesPerSecond">Requests per second in each step, at least 0 each; one at least.</param>
/// <param name="Step">How long a step is; above 0.</param>
public sealed record DemandTrace(string Name, IReadOnlyList<double> RatesPerSecond, TimeSpan Step)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Duration => Step * RatesPerSecond.Count;

    /// <summary>All requests of it.</summary>
    public double Requests => RatesPerSecond.Sum() * Step.TotalSeconds;

    /// <summary>A trace of steps of a second from points in time: a rate holds until the next point, and the
    /// last one as long as the one before it did.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="points">Seconds and requests per second; seconds rise from 0 or more, two points at
    /// least.</param>
    public static DemandTrace OfPoints(string name, IReadOnlyList<(double Seconds, double Rate)> points)
    {
        var first = points[0].Seconds;
        var end = points[^1].Seconds + (points[^1].Seconds - points[^2].Seconds);
        var rates = new double[Math.Max(1, (int)Math.Round(end - first))];
        var point = 0;
        for (var second = 0; second < rates.Length; second++)
        {
            while (point + 1 < points.Count && points[point + 1].Seconds - first <= second)
                point++;
            rates[second] = points[point].Rate;
        }

        return new(name, rates, TimeSpan.FromSeconds(1));
    }

    /// <summary>The part of it that comes from one of several regions around the earth: each has the same
    /// day, later by its share of 24 hours, and its share of the requests.</summary>
    /// <param name="region">From 0 on.</param>
    /// <param name="regions">How many there are, at least 1.</param>
    public DemandTrace Of(int region, int regions)
    {
        var later = (int)Math.Round(TimeSpan.FromDays(1) / regions * region / Step);
        var count = RatesPerSecond.Count;
        return this with
        {
            RatesPerSecond = [.. Enumerable.Range(0, count).Select(at =>
                RatesPerSecond[(at + later) % count] / regions)],
        };
    }

    /// <summary>Several that come together, step by step; of one length and step.</summary>
    public static DemandTrace Sum(string name, IReadOnlyList<DemandTrace> parts) => new(
        name,
        [.. Enumerable.Range(0, parts[0].RatesPerSecond.Count).Select(at =>
            parts.Sum(part => part.RatesPerSecond[at]))],
        parts[0].Step);
}
