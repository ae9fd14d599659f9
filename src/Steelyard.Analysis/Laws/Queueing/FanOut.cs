namespace Steelyard.Analysis.Laws.Queueing;

/// <summary>A request that waits for the slowest of several independent parts (Dean and Barroso 2013, "The
/// tail at scale").</summary>
/// <param name="Parts">How many it asks, at least 1.</param>
public sealed record FanOut(int Parts)
{
    /// <summary>The share of requests slower than a limit of which a share of the parts is slower.</summary>
    /// <param name="slowParts">The share of the parts, 0 to 1.</param>
    public double SlowRequests(double slowParts) => 1 - Math.Pow(1 - slowParts, Parts);

    /// <summary>The percentile of the parts that decides a percentile of the requests: for the median of 100
    /// parts their 99.3rd.</summary>
    /// <param name="share">Of the requests, above 0 and below 1.</param>
    public double PartShare(double share) => Math.Pow(share, 1.0 / Parts);
}
