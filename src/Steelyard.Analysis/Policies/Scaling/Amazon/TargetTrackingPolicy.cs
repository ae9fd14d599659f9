namespace Steelyard.Analysis.Policies.Scaling.Amazon;

/// <summary>Target tracking looking after a service.</summary>
internal sealed class TargetTrackingPolicy : IScalingPolicy
{
    readonly TargetTracking _tracking;
    readonly ScalingSettings _settings;
    readonly bool _countsRequests;

    TargetTrackingPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _countsRequests = given.OneOf("metric", "utilisation", "requests") == "requests";
        _tracking = new(
            _countsRequests ? settings.Target * settings.CapacityPerInstance : settings.Target,
            given.Time("warm-up"));
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "aws-target", "Amazon's target tracking: out after 3 minutes of 3, in after 15 of 15, by little",
        "Amazon EC2 Auto Scaling user guide, target tracking scaling policies",
        [
            new("metric", "utilisation, or requests of an instance", "utilisation"),
            new("warm-up", "how long an instance counts as new", "300s"),
        ])
    {
        Make = static (settings, given) =>
            new TargetTrackingPolicy(settings.WithOneAtLeast("aws-target"), given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromMinutes(1);

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        double? value = observation.Ready == 0 ? null
            : _countsRequests ? observation.RequestsPerInstance
            : observation.Utilisation;
        var wanted = _tracking.Decide(observation.Now, observation.Replicas, value);
        return new(_settings.Within(wanted), wanted > observation.Replicas ? "AlarmHigh"
            : wanted < observation.Replicas ? "AlarmLow" : "NoAlarm");
    }
}
