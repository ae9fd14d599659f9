namespace Steelyard.Analysis.Policies.Scaling.Keda;

/// <summary>
/// KEDA's part of scaling: between nothing and one (kedacore/keda, pkg/scaling/executor; documentation,
/// "Scaling deployments"). Above one the horizontal pod autoscaler decides.
/// </summary>
/// <param name="minimum">The fewest replicas; only with 0 are there ever none.</param>
/// <param name="cooldown">How long after it was last active the last replica goes; 300 s when nothing is
/// said.</param>
public sealed class KedaActivation(int minimum, TimeSpan cooldown)
{
    TimeSpan? _lastActive;

    /// <summary>Polls once.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="current">Replicas there are.</param>
    /// <param name="value">The trigger's value.</param>
    /// <param name="threshold">It is active above this, and not at it.</param>
    /// <returns>How many replicas, or null where the autoscaler above it decides.</returns>
    public int? Poll(TimeSpan now, int current, double value, double threshold)
    {
        if (value > threshold)
        {
            _lastActive = now;
            return current == 0 ? Math.Max(1, minimum) : null;
        }

        if (minimum > 0)
            return current < minimum ? minimum : null;
        var isOver = _lastActive is not { } last || last + cooldown < now;
        return current == 0 || isOver ? 0 : null;
    }

    /// <summary>Remembers that it was active.</summary>
    /// <param name="at">When.</param>
    public void WasActive(TimeSpan at) => _lastActive = at;
}
