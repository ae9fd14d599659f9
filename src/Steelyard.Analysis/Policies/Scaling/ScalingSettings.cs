using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>What every policy is told of the service that it looks after.</summary>
public sealed record ScalingSettings
{
    /// <summary>The fewest instances, at least 0.</summary>
    public int Minimum { get; init; } = 1;

    /// <summary>The most instances, at least 1 and at least the fewest.</summary>
    public int Maximum { get; init; } = 100;

    /// <summary>How busy an instance should be, as a share of what it can do: above 0.</summary>
    public double Target { get; init; } = 0.6;

    /// <summary>What an instance can do, in requests per second; above 0.</summary>
    public double CapacityPerInstance { get; init; } = 100;

    /// <summary>How long a request takes when it does not wait; above 0.</summary>
    public TimeSpan ServiceTime { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long an instance starts before it serves; at least 0.</summary>
    public TimeSpan StartUp { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How old measurements are when a policy sees them; at least 0.</summary>
    public TimeSpan MetricsDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Instances at the beginning, all of them ready; at least 0.</summary>
    public int Initial { get; init; } = 1;

    /// <summary>Requests that an instance serves at once when it is busy all the time (Little's
    /// law).</summary>
    public double ConcurrencyPerInstance => CapacityPerInstance * ServiceTime.TotalSeconds;

    /// <summary>The same, for a policy that goes by what instances tell of themselves: none would tell
    /// nothing, and there would never be one again.</summary>
    /// <exception cref="UserMistakeException">There may be none.</exception>
    internal ScalingSettings WithOneAtLeast(string policy) => Minimum > 0 ? this
        : throw new UserMistakeException(
            $"{policy}: expected a fewest (--min) of at least 1, for none would tell it nothing, found 0");

    /// <summary>A count within the fewest and the most.</summary>
    public int Within(double replicas) => (int)Math.Clamp(replicas, Minimum, Maximum);
}
