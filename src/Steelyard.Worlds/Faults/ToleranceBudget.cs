using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Takes faults into a plan as long as the plan stays within a tolerance at every moment, whoever leads, and
/// a world can let it happen. A node whose disk was hit counts as down from then on.
/// </summary>
internal sealed class ToleranceBudget(FaultTolerance tolerance, Scenario scenario)
{
    readonly FaultLoad _load = new(scenario);
    readonly List<Fault> _faults = [];

    /// <summary>What was taken.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Takes some faults together, or none of them.</summary>
    public bool TryAdd(Fault[] faults) =>
        TryAdd(faults, of => Math.Min(of.Limit, of.Tolerated(tolerance)));

    /// <summary>The same beyond the tolerance, as far as a world goes.</summary>
    public bool TryExceed(Fault[] faults) => TryAdd(faults, of => of.Limit);

    bool TryAdd(Fault[] faults, Func<FaultResource, double> most)
    {
        if (faults.Length == 0 || !FaultPlanCheck.CanApply(faults, scenario))
            return false;
        if (_load.First([.. _faults, .. faults], most) is not null)
            return false;
        _faults.AddRange(faults);
        return true;
    }
}
