namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>A service that is scaled, and what of it is asked for.</summary>
public sealed record ScaledServiceOptions
{
    /// <summary>What its policy is told.</summary>
    public ScalingSettings Settings { get; init; } = new();

    /// <summary>Instances that have started and wait beside; at least 0.</summary>
    public int WarmPool { get; init; }

    /// <summary>How long one of those takes to serve; at least 0.</summary>
    public TimeSpan WarmStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Within this a request must be answered; at least its service time.</summary>
    public TimeSpan Slo { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What came before counts for nothing: the policy learns.</summary>
    public TimeSpan Learning { get; init; }

    /// <summary>What an instance costs in an hour, from when it is asked for; at least 0.</summary>
    public double PricePerHour { get; init; } = 0.1;

    /// <summary>What an instance that waits beside costs, as a share of that; at least 0.</summary>
    public double WarmPriceShare { get; init; } = 1;
}
