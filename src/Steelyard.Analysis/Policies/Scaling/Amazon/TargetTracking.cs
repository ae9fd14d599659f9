namespace Steelyard.Analysis.Policies.Scaling.Amazon;

/// <summary>
/// Target tracking as Amazon's scaling makes it: an alarm above the target that wants 3 minutes of 3, and
/// one below a tenth under it that wants 15 of 15; capacity is current times metric over target, rounded up,
/// so that fewer is approached with care (Amazon EC2 Auto Scaling user guide, "Target tracking scaling
/// policies"; the alarms are those that the service makes of a policy, as CloudWatch shows them).
/// </summary>
/// <param name="target">What the metric should be, above 0.</param>
/// <param name="warmUp">How long an instance counts as new: what it adds is not measured, and nothing is
/// taken away until it is over; 300 s when nothing is said.</param>
public sealed class TargetTracking(double target, TimeSpan warmUp)
{
    const int MinutesAbove = 3;
    const int MinutesBelow = 15;

    // What rounding leaves of a product of binary numbers must not ask for an instance more.
    const double Rounding = 1e-9;

    readonly record struct Added(TimeSpan At, int Count);

    readonly List<Added> _warming = [];
    int _above;
    int _below;

    /// <summary>Below this the alarm for fewer instances counts.</summary>
    public double LowThreshold => target * 0.9;

    /// <summary>Looks once; looks are a minute apart.</summary>
    /// <param name="now">On one clock with what was before.</param>
    /// <param name="capacity">Instances that were asked for.</param>
    /// <param name="metric">Its mean of the last minute; null where nothing was measured.</param>
    /// <returns>How many instances there should be.</returns>
    public int Decide(TimeSpan now, int capacity, double? metric)
    {
        _warming.RemoveAll(one => one.At + warmUp <= now);
        if (metric is not { } value)
        {
            (_above, _below) = (0, 0);
            return capacity;
        }

        _above = value > target ? _above + 1 : 0;
        _below = value < LowThreshold ? _below + 1 : 0;
        // What is measured is of the instances that are warm; those that warm up count as capacity.
        var warm = Math.Max(1, capacity - _warming.Sum(one => one.Count));
        var wanted = (int)Math.Min(int.MaxValue, Math.Ceiling((warm * value / target) - Rounding));
        if (_above >= MinutesAbove && wanted > capacity)
        {
            _warming.Add(new(now, wanted - capacity));
            return wanted;
        }

        if (_below < MinutesBelow || _warming.Count > 0 || wanted >= capacity)
            return capacity;
        _below = 0;
        return wanted;
    }
}
