namespace Steelyard.Analysis.Policies.Scaling.Kubernetes;

/// <summary>The horizontal pod autoscaler looking after a service.</summary>
internal sealed class HpaPolicy : IScalingPolicy
{
    const double Thousandths = 1000;

    // Utilisation is a percentage of what is requested; a request of a whole core makes both easy to read.
    const long Request = 1000;

    static readonly string[] Metrics = ["utilisation", "requests", "concurrency"];

    readonly HorizontalPodAutoscaler _autoscaler;
    readonly HpaCalculator _calculator;
    readonly IReadOnlyList<string> _metrics;
    readonly ScalingSettings _settings;

    HpaPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        Period = given.TimeAbove0("period");
        _metrics = [.. given.Text("metric").Split('+').Select(metric =>
            ScalingWords.OneOf(given.Place("metric"), metric, Metrics))];
        var tolerance = given.Share("tolerance");
        _calculator = HpaCalculator.Usual with { Tolerance = new(tolerance, tolerance) };
        var behavior = new HpaBehavior(
            HpaRulesText.Read(given.Place("up"), given.Text("up"), HpaRules.UsualUp),
            HpaRulesText.Read(given.Place("down"), given.Text("down"), HpaRules.UsualDown));
        _autoscaler = new(settings.Minimum, settings.Maximum, behavior with
        {
            Up = Windowed(behavior.Up, given, "up-window"),
            Down = Windowed(behavior.Down, given, "down-window"),
        });
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "hpa", "Kubernetes' horizontal pod autoscaler: replicas times metric over target",
        "kubernetes/kubernetes, pkg/controller/podautoscaler; autoscaling/v2",
        [
            new("metric", "utilisation, requests or concurrency of a pod; several apart by +", "utilisation"),
            new("tolerance", "how far from the target nothing is done", "0.1"),
            new("up", "rules upwards as 4p/15,100%/15, or min or disabled among them", "-"),
            new("down", "rules downwards", "-"),
            new("up-window", "how far back the lowest recommendation is looked for", "usual"),
            new("down-window", "how far back the highest recommendation is looked for", "usual"),
            new("period", "how often it looks", "15s"),
        ])
    {
        Make = static (settings, given) => new HpaPolicy(settings.WithOneAtLeast("hpa"), given),
    };

    public TimeSpan Period { get; }

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var seen = observation;
        var decision = _autoscaler.Reconcile(
            seen.Now, seen.Replicas, [.. _metrics.Select(metric => Proposal(metric, seen))]);
        return new(decision.Replicas, decision.Stabilization is "ScaleUpStabilized" or "ScaleDownStabilized"
            ? decision.Stabilization
            : decision.Condition);
    }

    static HpaRules Windowed(HpaRules rules, ScalingArguments given, string name) =>
        given.Text(name) == "usual" ? rules : rules with { Window = given.Time(name) };

    HpaProposal Proposal(string metric, ScalingObservation seen) => metric switch
    {
        "requests" => _calculator.ForUsage(
            seen.Replicas, Target(_settings.CapacityPerInstance), Pods(seen, seen.RequestsPerInstance),
            seen.Now),
        "concurrency" => _calculator.ForUsage(
            seen.Replicas, Target(_settings.ConcurrencyPerInstance), Pods(seen, seen.ConcurrencyPerInstance),
            seen.Now),
        _ => _calculator.ForUtilisation(
            seen.Replicas, (int)Math.Max(1, Math.Round(_settings.Target * 100)),
            Pods(seen, seen.Utilisation), seen.Now),
    };

    long Target(double perInstance) =>
        Math.Max(1, (long)Math.Round(_settings.Target * perInstance * Thousandths));

    // Those that start are pending, and those that became ready within what was measured do not count yet.
    static List<HpaPod> Pods(ScalingObservation seen, double value)
    {
        var measured = new HpaPod((long)Math.Round(value * Thousandths), Request);
        var uncounted = new HpaPod(null, Request) { Phase = PodPhase.Pending };
        var count = Math.Min(seen.Measured, seen.Replicas);
        return
        [
            .. Enumerable.Repeat(measured, count), .. Enumerable.Repeat(uncounted, seen.Replicas - count),
        ];
    }
}
