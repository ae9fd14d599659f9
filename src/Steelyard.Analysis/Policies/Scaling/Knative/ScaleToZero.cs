namespace Steelyard.Analysis.Policies.Scaling.Knative;

/// <summary>
/// The last pod of a revision: it stays until nothing was wanted for the stable window, and then for the
/// grace period, in which the activator takes its place (knative/serving,
/// pkg/reconciler/autoscaling/kpa/scaler.go). Upstream ends the grace early once the activator answers; here
/// it lasts its whole time.
/// </summary>
/// <param name="stableWindow">How long nothing must be wanted.</param>
/// <param name="grace">How long the last pod stays then.</param>
internal sealed class ScaleToZero(TimeSpan stableWindow, TimeSpan grace)
{
    TimeSpan? _nothingSince;

    /// <summary>How many pods there shall be.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="current">Pods there are.</param>
    /// <param name="wanted">Pods that are wanted.</param>
    public int Held(TimeSpan now, int current, int wanted)
    {
        if (wanted > 0)
        {
            _nothingSince = null;
            return wanted;
        }

        _nothingSince ??= now;
        return current == 0 || now - _nothingSince.Value >= stableWindow + grace ? 0 : 1;
    }
}
