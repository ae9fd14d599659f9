using Steelyard.Histories;
using Steelyard.Worlds.Contracts;
using Steelyard.Worlds.Faults;

namespace Steelyard.Live.Faults;

/// <summary>Refuses plans that promote whoever leads then, or somebody who was given up and has not come
/// back: of failovers only their order tells.</summary>
internal static class FailoverOrder
{
    /// <summary>Looks at the failovers of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="primary">Who leads at first.</param>
    /// <exception cref="UserMistakeException">One of them cannot be.</exception>
    public static void Check(FaultPlan plan, string primary)
    {
        var backAt = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var (place, fault) in plan.Faults.Index().OrderBy(pair => pair.Item.At))
        {
            if (fault is not FailoverFault failover)
                continue;
            if (failover.To == primary || backAt.GetValueOrDefault(failover.To) > fault.At)
                throw new UserMistakeException(
                    $"fault {place + 1} (failover at {Durations.Format(fault.At)}) should promote: expected a"
                    + $" standby, found {failover.To}, which "
                    + (failover.To == primary ? "leads then" : "was given up before and is not back"));
            backAt[primary] = fault.For is { } lasts ? fault.At + lasts : TimeSpan.MaxValue;
            primary = failover.To;
        }
    }
}
