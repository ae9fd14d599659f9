using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>
/// Takes faults into a plan as long as the plan stays within a tolerance at every moment, whoever leads, and
/// a world can let it happen. A node whose disk was hit counts as down from then on.
/// </summary>
/// <param name="tolerance">What the design stands.</param>
/// <param name="scenario">What the plan is for.</param>
/// <param name="besides">What somebody planned to happen anyway: it uses up nothing of the tolerance, which
/// it may exceed, but a world must be able to let it happen as well.</param>
internal sealed class ToleranceBudget(
    FaultTolerance tolerance, Scenario scenario, IReadOnlyList<Fault> besides)
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
        if (besides.Count > 0 && _load.First([.. besides, .. _faults, .. faults], of => of.Limit) is not null)
            return false;
        _faults.AddRange(faults);
        return true;
    }
}
