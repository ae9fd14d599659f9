namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>Pods by how much their measurements count.</summary>
internal sealed class PodGroups
{
    /// <summary>Those whose measurements count.</summary>
    public List<HpaPod> Counted { get; } = [];

    /// <summary>Those that start, or have never been ready: their measurements say nothing yet.</summary>
    public List<HpaPod> Unready { get; } = [];

    /// <summary>Those of which nothing was measured.</summary>
    public List<HpaPod> Missing { get; } = [];

    /// <param name="pods">All of them; those that failed, ended or are being deleted are in no group.</param>
    /// <param name="isCpu">Whether processor time is measured: starting takes a lot of it.</param>
    /// <param name="times">How long a start may take.</param>
    /// <param name="now">On the clock of the pods.</param>
    public static PodGroups Of(IReadOnlyList<HpaPod> pods, bool isCpu, HpaReadinessTimes times, TimeSpan now)
    {
        var groups = new PodGroups();
        foreach (var pod in pods)
        {
            if (pod.IsBeingDeleted || pod.Phase is PodPhase.Failed or PodPhase.Succeeded)
                continue;
            if (pod.Phase == PodPhase.Pending)
                groups.Unready.Add(pod);
            else if (pod.Value is null)
                groups.Missing.Add(pod);
            else if (isCpu && IsStarting(pod, times, now))
                groups.Unready.Add(pod);
            else
                groups.Counted.Add(pod);
        }

        return groups;
    }

    static bool IsStarting(HpaPod pod, HpaReadinessTimes times, TimeSpan now)
    {
        if (pod.Readiness == PodReadiness.Untold || pod.StartedAt is not { } started)
            return true;
        var isUnready = pod.Readiness == PodReadiness.Unready;
        // While it may be starting, a measurement counts once it is of a whole window since the pod became
        // ready.
        return started + times.CpuInitialization > now
            ? isUnready || pod.MeasuredAt < pod.ReadinessChangedAt + pod.MeasuredOver
            : isUnready && started + times.InitialReadinessDelay > pod.ReadinessChangedAt;
    }
}

/// <summary>How long the start of a pod may take.</summary>
/// <param name="CpuInitialization">For so long its processor time counts only while it is ready; 5 minutes
/// in a cluster where nothing is said.</param>
/// <param name="InitialReadinessDelay">A pod that became unready within so long of its start has never been
/// ready; 30 seconds in a cluster where nothing is said.</param>
public readonly record struct HpaReadinessTimes(TimeSpan CpuInitialization, TimeSpan InitialReadinessDelay)
{
    /// <summary>As a cluster has them when nothing is said.</summary>
    public static HpaReadinessTimes Usual { get; } = new(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));
}
