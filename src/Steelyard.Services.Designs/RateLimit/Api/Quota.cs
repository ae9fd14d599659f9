namespace Steelyard.Services.Designs.RateLimit.Api;

/// <summary>
/// How much a bucket gives: so many requests at once, and so many a second over time. In any window it admits
/// at most both together.
/// </summary>
/// <param name="PerSecond">How fast it is filled.</param>
/// <param name="Burst">How much it holds.</param>
internal sealed record Quota(int PerSecond, int Burst)
{
    /// <summary>What each tenant may.</summary>
    public static readonly Quota OfTenant = new(20, 10);

    /// <summary>What all of them may where they share one bucket:
    /// three quarters of what the backend can do.</summary>
    public static readonly Quota OfAll = new(60, 30);

    /// <summary>The window in which the limit is judged.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    /// <summary>How far the clocks of the hosts may be apart: as much
    /// is what one host may take to be filled already.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(200);

    /// <summary>From one request to the next, where they come evenly.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(1) / PerSecond;

    /// <summary>The most that it admits in any window.</summary>
    public int MostIn(TimeSpan window) => Burst + (int)(PerSecond * window.TotalSeconds);
}
