namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>
/// How many replicas a metric asks for, as the horizontal pod autoscaler of Kubernetes computes it
/// (kubernetes/kubernetes, pkg/controller/podautoscaler/replica_calculator.go; the documentation's "Algorithm
/// details"). Values are in thousandths throughout, and whole, as they are there.
/// </summary>
/// <param name="Tolerance">How far from the target nothing is done.</param>
/// <param name="Times">How long the start of a pod may take.</param>
public sealed record HpaCalculator(HpaTolerance Tolerance, HpaReadinessTimes Times)
{
    const int Percent = 100;

    /// <summary>As a cluster computes when nothing is said.</summary>
    public static HpaCalculator Usual { get; } = new(HpaTolerance.Usual, HpaReadinessTimes.Usual);

    /// <summary>A resource against what pods request of it.</summary>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="targetPercent">The target in percent of the request, above 0.</param>
    /// <param name="pods">The pods of the workload, whatever their state.</param>
    /// <param name="now">On the clock of the pods.</param>
    /// <param name="isCpu">Whether the resource is processor time.</param>
    /// <param name="strangers">Measurements of pods that are not of the workload any more.</param>
    public HpaProposal ForUtilisation(
        int current, int targetPercent, IReadOnlyList<HpaPod> pods, TimeSpan now, bool isCpu = true,
        int strangers = 0)
    {
        if (pods.All(pod => pod.Value is null) && strangers == 0)
            return HpaProposal.Failed("no metrics returned from resource metrics API");
        if (pods.Count == 0)
            return HpaProposal.Failed("no pods returned by selector while calculating replica count");
        var groups = PodGroups.Of(pods, isCpu, Times, now);
        if (groups.Counted.Count + strangers == 0)
            return HpaProposal.Failed("did not receive metrics for targeted pods (pods might be unready)");
        if (pods.Any(pod => pod.Request is null))
            return HpaProposal.Failed("missing request for the resource in a container");
        var used = groups.Counted.Sum(pod => pod.Value!.Value);
        var requested = groups.Counted.Sum(pod => pod.Request!.Value);
        if (requested == 0)
            return HpaProposal.Failed("no metrics returned matched known pods");
        var utilisation = (int)(used * Percent / requested);
        // Of a pod without a measurement the whole request is taken, or the target where that is higher.
        long Taken(HpaPod pod) => pod.Request!.Value * Math.Max(Percent, targetPercent) / Percent;
        var replicas = Corrected(
            current, groups, strangers, (double)utilisation / targetPercent,
            (missing, unready) =>
            {
                var all = used + missing.Sum(Taken);
                var of = requested + groups.Missing.Sum(pod => pod.Request!.Value)
                    + unready.Sum(pod => pod.Request!.Value);
                return (double)(int)(all * Percent / of) / targetPercent;
            });
        return new(replicas, used / groups.Counted.Count, utilisation);
    }

    /// <summary>A metric of each pod against a value: a custom metric, or a resource's own value.</summary>
    /// <param name="current">Replicas asked for now.</param>
    /// <param name="target">The target for a pod, in thousandths, above 0.</param>
    /// <param name="pods">The pods of the workload, whatever their state.</param>
    /// <param name="now">On the clock of the pods.</param>
    /// <param name="isCpu">Whether it is processor time.</param>
    public HpaProposal ForUsage(
        int current, long target, IReadOnlyList<HpaPod> pods, TimeSpan now, bool isCpu = false)
    {
        if (pods.All(pod => pod.Value is null))
            return HpaProposal.Failed("no metrics returned from custom metrics API");
        var groups = PodGroups.Of(pods, isCpu, Times, now);
        if (groups.Counted.Count == 0)
            return HpaProposal.Failed("did not receive metrics for targeted pods (pods might be unready)");
        var used = groups.Counted.Sum(pod => pod.Value!.Value);
        var mean = used / groups.Counted.Count;
        var replicas = Corrected(
            current, groups, 0, (double)mean / target,
            (missing, unready) =>
            {
                var all = used + (missing.Count * target);
                var of = groups.Counted.Count + groups.Missing.Count + unready.Count;
                return (double)(all / of) / target;
            });
        return new(replicas, mean);
    }

    /// <summary>A value of something else against a target for it: an object's metric or an external
    /// one.</summary>
    /// <param name="current">Replicas asked for now; from 0 the ratio itself is rounded up.</param>
    /// <param name="usage">The value, in thousandths.</param>
    /// <param name="target">The target, in thousandths, above 0.</param>
    /// <param name="pods">The pods of the workload; those that run and are ready count.</param>
    public HpaProposal ForValue(int current, long usage, long target, IReadOnlyList<HpaPod> pods)
    {
        var ratio = (double)usage / target;
        if (current == 0)
            return new(Ceiling(ratio), usage);
        if (Tolerance.Covers(ratio))
            return new(current, usage);
        if (pods.Count == 0)
            return HpaProposal.Failed("no pods returned by selector while calculating replica count");
        var ready = pods.Count(pod =>
            pod is { Phase: PodPhase.Running, Readiness: PodReadiness.Ready });
        return new(Ceiling(ratio * ready), usage);
    }

    /// <summary>A value of something else against a target for each pod: an object's metric or an external
    /// one.</summary>
    /// <param name="current">Replicas there are.</param>
    /// <param name="usage">The value, in thousandths.</param>
    /// <param name="targetPerPod">The target for a pod, in thousandths, above 0.</param>
    public HpaProposal ForValuePerPod(int current, long usage, long targetPerPod)
    {
        var ratio = usage / ((double)targetPerPod * current);
        var replicas = Tolerance.Covers(ratio) ? current : Ceiling((double)usage / targetPerPod);
        return new(replicas, current == 0 ? 0 : (long)Math.Ceiling((double)usage / current));
    }

    /// <summary>The whole number at or above one, within what a count of replicas can be.</summary>
    internal static int Ceiling(double replicas) =>
        double.IsNaN(replicas) ? 0 : (int)Math.Min(int.MaxValue, Math.Ceiling(replicas));

    // Pods without a measurement are taken for what keeps the change small: idle where more are wanted, on
    // target where fewer are; pods that start are taken for idle where more are wanted. A change of
    // direction is none.
    int Corrected(
        int current, PodGroups groups, int strangers, double ratio,
        Func<IReadOnlyList<HpaPod>, IReadOnlyList<HpaPod>, double> again)
    {
        var withUnready = groups.Unready.Count > 0 && ratio > 1.0;
        if (!withUnready && groups.Missing.Count == 0)
            return Tolerance.Covers(ratio) ? current : Ceiling(ratio * groups.Counted.Count);
        if (ratio == 1.0)
            return current;
        var corrected = again(ratio < 1.0 ? groups.Missing : [], withUnready ? groups.Unready : []);
        var turns = (ratio < 1.0 && corrected > 1.0) || (ratio > 1.0 && corrected < 1.0);
        if (turns || Tolerance.Covers(corrected))
            return current;
        var count = groups.Counted.Count + strangers + groups.Missing.Count
            + (withUnready ? groups.Unready.Count : 0);
        var replicas = Ceiling(corrected * count);
        return (corrected < 1.0 && replicas > current) || (corrected > 1.0 && replicas < current)
            ? current
            : replicas;
    }
}
