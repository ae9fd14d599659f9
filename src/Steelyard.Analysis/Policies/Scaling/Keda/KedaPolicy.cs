using Steelyard.Analysis.Policies.Scaling.Kubernetes;

namespace Steelyard.Analysis.Policies.Scaling.Keda;

/// <summary>KEDA looking after a service by the requests that are there: it starts the first replica and
/// takes the last, and the horizontal pod autoscaler does the rest.</summary>
internal sealed class KedaPolicy : IScalingPolicy
{
    const double Thousandths = 1000;

    readonly KedaActivation _activation;
    readonly HorizontalPodAutoscaler _autoscaler;
    readonly ScalingSettings _settings;
    readonly TimeSpan _polling;
    readonly double _threshold;
    readonly double _perReplica;
    readonly string _metric;
    TimeSpan _nextPoll;
    int? _polled;

    KedaPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _metric = given.OneOf("metric", "concurrency", "queue", "requests");
        _perReplica = given.Text("per-replica") == "target"
            ? settings.Target
                * (_metric == "requests" ? settings.CapacityPerInstance : settings.ConcurrencyPerInstance)
            : given.Above0("per-replica");
        _threshold = given.AtLeast0("activation");
        _polling = given.TimeAbove0("polling");
        _activation = new(settings.Minimum, given.Time("cooldown"));
        _autoscaler = new(Math.Max(1, settings.Minimum), settings.Maximum, HpaBehavior.Usual);
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "keda", "KEDA: from nothing to one and back by itself (with min 0), the rest by hpa",
        "kedacore/keda, pkg/scaling/executor; ScaledObject",
        [
            new("metric", "concurrency (in service and waiting), queue (waiting) or requests (a second)",
                "concurrency"),
            new("per-replica", "how much of it is for one replica; by target when not given", "target"),
            new("activation", "above this there is a replica at all", "0"),
            new("polling", "how often it looks whether there shall be any", "30s"),
            new("cooldown", "how long after the last request the last replica goes", "300s"),
        ])
    {
        Make = static (settings, given) => new KedaPolicy(settings, given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(15);

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var value = _metric switch
        {
            "queue" => observation.QueueLength,
            "requests" => observation.RequestsPerSecond,
            _ => observation.Concurrency,
        };
        if (observation.Now >= _nextPoll)
        {
            _polled = _activation.Poll(observation.Now, observation.Replicas, value, _threshold);
            _nextPoll = observation.Now + _polling;
            if (_polled is { } polled)
                return new(_settings.Within(polled), polled == 0 ? "Inactive" : "Activated");
        }

        if (observation.Replicas == 0)
            return new(0, "Inactive");
        var proposal = HpaCalculator.Usual.ForValuePerPod(
            observation.Replicas, (long)Math.Round(value * Thousandths),
            Math.Max(1, (long)Math.Round(_perReplica * Thousandths)));
        var decision = _autoscaler.Reconcile(observation.Now, observation.Replicas, [proposal]);
        return new(decision.Replicas, decision.Condition);
    }
}
