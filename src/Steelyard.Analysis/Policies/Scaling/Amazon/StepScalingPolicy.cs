namespace Steelyard.Analysis.Policies.Scaling.Amazon;

/// <summary>Step scaling looking after a service, by its utilisation in percent.</summary>
internal sealed class StepScalingPolicy : IScalingPolicy
{
    const double Percent = 100;

    readonly StepScaling _steps;
    readonly ScalingSettings _settings;
    readonly TimeSpan _cooldown;
    readonly int _datapoints;

    int _outward;
    int _inward;
    TimeSpan? _changedAt;

    StepScalingPolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _steps = new(
            Steps(given, "out"), Steps(given, "in"), given.Whole("least", 0), given.Time("warm-up"));
        _cooldown = given.Time("cooldown");
        _datapoints = given.Whole("datapoints", 1);
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "aws-step", "Amazon's step scaling: the further beyond an alarm, the larger the step",
        "Amazon EC2 Auto Scaling user guide, step and simple scaling policies",
        [
            new("out", "steps upwards by percent of utilisation, as 70@+2 or 70@+2/85@+50%", "70@+2"),
            new("in", "steps downwards", "40@-1"),
            new("least", "what a percentage changes at least", "0"),
            new("warm-up", "how long an instance counts as new", "300s"),
            new("cooldown", "how long after a change nothing is taken away", "300s"),
            new("datapoints", "minutes in a row that an alarm wants", "1"),
        ])
    {
        Make = static (settings, given) => new StepScalingPolicy(settings.WithOneAtLeast("aws-step"), given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromMinutes(1);

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var metric = observation.Utilisation * Percent;
        _outward = _steps.Outward(metric) is null ? 0 : _outward + 1;
        _inward = _steps.Inward(metric) is null ? 0 : _inward + 1;
        var isCooling = _changedAt is { } at && at + _cooldown > observation.Now;
        if (observation.Ready == 0 || Math.Max(_outward, _inward) < _datapoints
            || (_outward == 0 && isCooling))
            return new(_settings.Within(observation.Replicas), isCooling ? "Cooldown" : "NoAlarm");
        var wanted = _settings.Within(_steps.Decide(observation.Now, observation.Replicas, metric));
        if (wanted != observation.Replicas)
            _changedAt = observation.Now;
        return new(wanted, _outward > 0 ? "AlarmHigh" : "AlarmLow");
    }

    static IReadOnlyList<ScalingStep> Steps(ScalingArguments given, string name) =>
        StepsText.Read(given.Place(name), given.Text(name).Replace('/', ','), '@');
}
