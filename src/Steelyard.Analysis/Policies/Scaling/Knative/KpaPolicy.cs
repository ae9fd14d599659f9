namespace Steelyard.Analysis.Policies.Scaling.Knative;

/// <summary>Knative's autoscaler looking after a service.</summary>
internal sealed class KpaPolicy : IScalingPolicy
{
    readonly KpaAutoscaler _autoscaler;
    readonly ScaleToZero _last;
    readonly TimedMean _stable;
    readonly TimedMean _panic;
    readonly ScalingSettings _settings;
    readonly bool _countsRequests;

    KpaPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _countsRequests = given.OneOf("metric", "concurrency", "requests") == "requests";
        var window = given.TimeAbove0("stable-window");
        var total = _countsRequests ? settings.CapacityPerInstance : settings.ConcurrencyPerInstance;
        var spec = new KpaSpec
        {
            TargetValue = settings.Target * total,
            TotalValue = total,
            TargetBurstCapacity = ScalingWords.Number(given.Place("burst"), given.Text("burst")),
            // A share of the pods in percent upstream: 200.
            PanicThreshold = given.Share("panic-threshold"),
            MaxScaleUpRate = given.Above0("max-up"),
            MaxScaleDownRate = given.Above0("max-down"),
            StableWindow = window,
            ScaleDownDelay = given.Time("down-delay"),
            ActivationScale = given.Whole("activation", 0),
        };
        _autoscaler = new(spec, settings.Initial);
        _stable = new(window);
        _panic = new(window * given.Share("panic-window"));
        _last = new(window, given.Time("grace"));
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "kpa", "Knative's autoscaler: stable and panic windows, down to nothing with min 0",
        "knative/serving, pkg/autoscaler/scaling/autoscaler.go; config-autoscaler",
        [
            new("metric", "concurrency or requests of a pod", "concurrency"),
            new("stable-window", "how long the mean is taken over", "60s"),
            new("panic-window", "the short window, as a share of the long one", "10%"),
            new("panic-threshold", "wanted over ready pods that mean panic", "200%"),
            new("max-up", "times as many pods at one look", "1000"),
            new("max-down", "times fewer pods at one look", "2"),
            new("down-delay", "how long fewer must have been wanted", "0s"),
            new("activation", "pods there are at least when there are any", "1"),
            new("burst", "capacity to be left for a burst; -1 without end", "211"),
            new("grace", "how long the last pod stays when nothing is wanted any more", "30s"),
        ])
    {
        Make = static (settings, given) => new KpaPolicy(settings, given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromSeconds(2);

    // The activator pokes it (knative/serving, pkg/autoscaler/scaling/multiscaler.go).
    public bool IsPoked => true;

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var value = _countsRequests ? observation.RequestsPerSecond : observation.Concurrency;
        var decision = _autoscaler.Scale(
            observation.Now, observation.Ready, _stable.Add(observation.Now, value),
            _panic.Add(observation.Now, value));
        var held = _settings.Minimum > 0
            ? decision.Desired
            : _last.Held(observation.Now, observation.Replicas, decision.Desired);
        return new(_settings.Within(held), _autoscaler.IsPanicking ? "Panic" : "Stable");
    }
}
