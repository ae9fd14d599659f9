namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>A service at one second of its run.</summary>
/// <param name="Seconds">From the beginning.</param>
/// <param name="Demand">Requests that come, per second.</param>
/// <param name="Replicas">Instances that were asked for.</param>
/// <param name="Ready">Those of them that serve.</param>
/// <param name="Queue">Requests that wait.</param>
/// <param name="Utilisation">Of those that serve, 0 to 1.</param>
public readonly record struct ScaledSecond(
    double Seconds, double Demand, int Replicas, int Ready, double Queue, double Utilisation);

/// <summary>What became of a demand under a policy. All figures are of the time after learning.</summary>
public sealed record ScaledRun
{
    /// <summary>The policy, as it was asked for.</summary>
    public required string Policy { get; init; }

    /// <summary>Second by second, learning too.</summary>
    public required IReadOnlyList<ScaledSecond> Timeline { get; init; }

    /// <summary>Requests that were due.</summary>
    public required double Due { get; init; }

    /// <summary>Those of them that were not answered within the limit.</summary>
    public required double Missed { get; init; }

    /// <summary>Missed over due; 0 where none were due.</summary>
    public double SloMissShare => Due > 0 ? Missed / Due : 0;

    /// <summary>Hours of all instances, from when each was asked for.</summary>
    public required double InstanceHours { get; init; }

    /// <summary>Hours of those that waited beside.</summary>
    public required double WarmHours { get; init; }

    /// <summary>What all of them cost.</summary>
    public required double Cost { get; init; }

    /// <summary>How often the count turned: down after up, or up after down.</summary>
    public required int Thrash { get; init; }

    /// <summary>How often the count changed.</summary>
    public required int Changes { get; init; }

    /// <summary>The most instances.</summary>
    public required int PeakReplicas { get; init; }

    /// <summary>Instances on average.</summary>
    public required double MeanReplicas { get; init; }

    /// <summary>How busy those that served were, on average over them.</summary>
    public required double MeanUtilisation { get; init; }

    /// <summary>The most requests that waited.</summary>
    public required double LongestQueue { get; init; }

    /// <summary>How far forecasts were from what came, as a share of it; null where none were made.</summary>
    public double? ForecastError { get; init; }
}
