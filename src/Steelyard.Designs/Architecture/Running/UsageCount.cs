using Steelyard.Designs.Architecture.Measuring;

namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance reports to whoever scales it: what it counted since the report
/// before.</summary>
internal sealed class UsageCount
{
    readonly InstanceMeter _meter;
    double _workedNs;
    double _waitedNs;
    long _came;

    public UsageCount(InstanceMeter meter)
    {
        _meter = meter;
        Forget();
    }

    /// <summary>What was before counts for nothing: a life begins, or a turn of being there.</summary>
    public void Forget() => _ = SinceLast(waiting: 0);

    public Usage SinceLast(int waiting)
    {
        const double nsPerSecond = 1e9;
        _meter.See();
        var usage = new Usage(
            (_meter.WorkedNs - _workedNs) / nsPerSecond, (_meter.WaitedNs - _waitedNs) / nsPerSecond,
            _meter.Came - _came, waiting);
        (_workedNs, _waitedNs, _came) = (_meter.WorkedNs, _meter.WaitedNs, _meter.Came);
        return usage;
    }
}
