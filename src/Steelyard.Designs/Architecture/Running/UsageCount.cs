namespace Steelyard.Designs.Architecture.Running;

/// <summary>What an instance reports to whoever scales it: what it counted since the report
/// before.</summary>
internal sealed class UsageCount(InstanceContext context)
{
    double _workedNs;
    double _waitedNs;
    long _came;

    public Usage SinceLast(int waiting)
    {
        const double nsPerSecond = 1e9;
        var meter = context.Meter;
        meter.See();
        var usage = new Usage(
            (meter.WorkedNs - _workedNs) / nsPerSecond, (meter.WaitedNs - _waitedNs) / nsPerSecond,
            meter.Came - _came, waiting);
        (_workedNs, _waitedNs, _came) = (meter.WorkedNs, meter.WaitedNs, meter.Came);
        return usage;
    }
}
