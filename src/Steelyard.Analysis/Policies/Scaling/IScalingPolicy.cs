namespace Steelyard.Analysis.Policies.Scaling;

/// <summary>
/// Decides how many instances a service should have, from what is measured of it. A policy takes nothing but
/// what it is told, and remembers what it was told: the same observations in the same order give the same
/// decisions. One policy object looks after one service.
/// </summary>
public interface IScalingPolicy
{
    /// <summary>How often it looks; above 0.</summary>
    TimeSpan Period { get; }

    /// <summary>Whether it looks at once when the first request comes and there is no instance, and not only
    /// when its time has come.</summary>
    bool IsPoked => false;

    /// <summary>Looks once.</summary>
    /// <param name="observation">What is known now; times never go back from one observation to the
    /// next.</param>
    ScalingDecision Decide(in ScalingObservation observation);
}

/// <summary>What is known of a service when its policy looks.</summary>
/// <param name="Now">From the beginning of the run.</param>
/// <param name="Replicas">Instances that were asked for: those that serve and those that start.</param>
/// <param name="Ready">Those of them that serve.</param>
/// <param name="Utilisation">The mean of the ready ones, 0 to 1, over the time since the look before.</param>
/// <param name="Concurrency">Requests being served and waiting, all together, mean over that time.</param>
/// <param name="RequestsPerSecond">Requests that came, to all instances together, mean over that
/// time.</param>
/// <param name="QueueLength">Requests that wait, all together, at the end of that time.</param>
/// <param name="MeasuredInstances">Of the ready ones, those that were ready all that time, and of which the
/// measurements are; all of them where null.</param>
public readonly record struct ScalingObservation(
    TimeSpan Now, int Replicas, int Ready, double Utilisation, double Concurrency, double RequestsPerSecond,
    double QueueLength, int? MeasuredInstances = null)
{
    /// <summary>Ready instances of which the measurements are.</summary>
    public int Measured => Math.Clamp(MeasuredInstances ?? Ready, 0, Ready);

    /// <summary>Instances that were asked for and do not serve yet.</summary>
    public int Starting => Math.Max(0, Replicas - Ready);

    /// <summary>Requests being served and waiting, for each measured instance.</summary>
    public double ConcurrencyPerInstance => Concurrency / Math.Max(1, Measured);

    /// <summary>Requests that came, for each measured instance.</summary>
    public double RequestsPerInstance => RequestsPerSecond / Math.Max(1, Measured);
}

/// <summary>How many instances there should be, and why.</summary>
/// <param name="Replicas">How many; at least 0.</param>
/// <param name="Reason">In a word or a few: <c>ScaleUpLimit</c>.</param>
public readonly record struct ScalingDecision(int Replicas, string Reason);
