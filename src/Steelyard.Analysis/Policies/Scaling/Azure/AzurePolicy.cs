namespace Steelyard.Analysis.Policies.Scaling.Azure;

/// <summary>Rules of Azure Monitor's autoscale looking after a service, by its utilisation in
/// percent.</summary>
internal sealed class AzurePolicy : IScalingPolicy
{
    const double Percent = 100;

    readonly AzureRules _rules;
    readonly ScalingSettings _settings;
    readonly TimedMean _mean;
    readonly TimeSpan _cooldown;
    TimeSpan? _changedAt;

    AzurePolicy(ScalingSettings settings, ScalingArguments given)
    {
        _settings = settings;
        _rules = new(
            AzureRule.Read(given.Place("out"), given.Text("out")),
            AzureRule.Read(given.Place("in"), given.Text("in")));
        _mean = new(given.TimeAbove0("window"));
        _cooldown = given.Time("cooldown");
    }

    public static ScalingPolicyKind Kind { get; } = new(
        "azure", "Azure Monitor's rules: out if any says so, in if all do and it would not flap",
        "Microsoft, Azure Monitor: best practices for autoscale",
        [
            new("out", "a rule upwards by percent of utilisation", ">=70:+1"),
            new("in", "a rule downwards", "<=40:-1"),
            new("window", "how long the mean is taken over", "5m"),
            new("cooldown", "how long after a change nothing changes", "5m"),
        ])
    {
        Make = static (settings, given) => new AzurePolicy(settings.WithOneAtLeast("azure"), given),
    };

    public TimeSpan Period { get; } = TimeSpan.FromMinutes(1);

    public ScalingDecision Decide(in ScalingObservation observation)
    {
        var mean = _mean.Add(observation.Now, observation.Utilisation * Percent);
        if (_changedAt is { } at && at + _cooldown > observation.Now)
            return new(_settings.Within(observation.Replicas), "Cooldown");
        var decision = _rules.Decide(
            observation.Replicas, _settings.Minimum, _settings.Maximum,
            new Dictionary<string, double>(StringComparer.Ordinal) { [""] = mean });
        if (decision.Instances != observation.Replicas)
            _changedAt = observation.Now;
        return new(decision.Instances, decision.Reason);
    }
}
