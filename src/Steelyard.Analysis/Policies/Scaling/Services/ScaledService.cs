using Steelyard.Analysis.Policies.Scaling.Forecasts;

namespace Steelyard.Analysis.Policies.Scaling.Services;

/// <summary>
/// A service under a demand and a policy. Requests are a fluid: so many a second come, ready instances serve
/// so many, and what is not served waits in one queue, first come, first served. There is no chance in it:
/// the same demand, policy and options give the same run. What it does not show is the waiting by chance
/// that real requests have below capacity (see the laws of queueing).
/// </summary>
/// <param name="options">The service.</param>
public sealed class ScaledService(ScaledServiceOptions options)
{
    readonly ScalingSettings _settings = options.Settings;

    /// <summary>Runs a demand through it.</summary>
    /// <param name="demand">What comes.</param>
    /// <param name="policy">The policy, as <see cref="ScalingPolicies.Create"/> reads it.</param>
    public ScaledRun Run(DemandTrace demand, string policy) =>
        Run(demand, ScalingPolicies.Create(policy, _settings), policy);

    /// <summary>Runs a demand through it.</summary>
    /// <param name="demand">What comes.</param>
    /// <param name="policy">A new policy.</param>
    /// <param name="name">What to call it.</param>
    public ScaledRun Run(DemandTrace demand, IScalingPolicy policy, string name)
    {
        var step = demand.Step.TotalSeconds;
        var (instances, measured, misses) =
            (new Instances(_settings.Initial, options), new Measured(), new SloMisses(step));
        var timeline = new ScaledSecond[demand.RatesPerSecond.Count];
        var (queue, next) = (0.0, policy.Period);
        for (var at = 0; at < timeline.Length; at++)
        {
            var now = demand.Step * at;
            instances.Advance(now.TotalSeconds);
            for (; now >= next; next += policy.Period)
                instances.Set(
                    policy.Decide(Observed(now, policy, instances, measured, demand.Step)).Replicas,
                    now.TotalSeconds);
            var rate = demand.RatesPerSecond[at];
            var room = instances.Ready * _settings.CapacityPerInstance * step;
            var served = Math.Min(room, queue + (rate * step));
            var before = queue;
            queue = Math.Max(0, queue + (rate * step) - served);
            var utilisation = room > 0 ? served / room : 0;
            measured.Add(
                instances.Ready, utilisation,
                (served / step * _settings.ServiceTime.TotalSeconds) + ((before + queue) / 2), rate, queue);
            misses.Add(rate * step, served);
            timeline[at] = new(
                now.TotalSeconds, rate, instances.Replicas, instances.Ready, queue, utilisation);
        }

        return Told(name, timeline, demand, misses) with
        {
            ForecastError = (policy as IForecasting)?.ForecastError,
        };
    }

    ScalingObservation Observed(
        TimeSpan now, IScalingPolicy policy, Instances instances, Measured measured, TimeSpan step) =>
        measured.Seen(
            now, instances, measured.Steps - (int)Math.Round(_settings.MetricsDelay / step),
            Math.Max(1, (int)Math.Round(policy.Period / step)));

    ScaledRun Told(string name, ScaledSecond[] timeline, DemandTrace demand, SloMisses misses)
    {
        var first = Math.Min((int)(options.Learning / demand.Step), timeline.Length - 1);
        var counted = timeline.AsSpan(first);
        var hours = demand.Step.TotalHours;
        var (due, replicas, ready, busy, peak, queue) = (0.0, 0.0, 0.0, 0.0, 0, 0.0);
        foreach (var one in counted)
        {
            due += one.Demand * demand.Step.TotalSeconds;
            replicas += one.Replicas;
            ready += one.Ready;
            busy += one.Ready * one.Utilisation;
            peak = Math.Max(peak, one.Replicas);
            queue = Math.Max(queue, one.Queue);
        }

        var (changes, thrash) = Turns(counted);
        var (instanceHours, warmHours) = (replicas * hours, options.WarmPool * counted.Length * hours);
        return new()
        {
            Policy = name,
            Timeline = timeline,
            Due = due,
            Missed = misses.After(first, (options.Slo - _settings.ServiceTime).TotalSeconds),
            InstanceHours = instanceHours,
            WarmHours = warmHours,
            Cost = (instanceHours + (warmHours * options.WarmPriceShare)) * options.PricePerHour,
            Thrash = thrash,
            Changes = changes,
            PeakReplicas = peak,
            MeanReplicas = replicas / counted.Length,
            MeanUtilisation = ready > 0 ? busy / ready : 0,
            LongestQueue = queue,
        };
    }

    static (int Changes, int Thrash) Turns(ReadOnlySpan<ScaledSecond> timeline)
    {
        var (changes, turns, direction) = (0, 0, 0);
        for (var at = 1; at < timeline.Length; at++)
        {
            var change = Math.Sign(timeline[at].Replicas - timeline[at - 1].Replicas);
            if (change == 0)
                continue;
            changes++;
            if (direction != 0 && change != direction)
                turns++;
            direction = change;
        }

        return (changes, turns);
    }
}
