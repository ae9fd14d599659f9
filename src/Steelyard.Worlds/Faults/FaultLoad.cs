using Steelyard.Worlds.Contracts;

namespace Steelyard.Worlds.Faults;

/// <summary>What the faults of a plan come to together, at its worst moments.</summary>
/// <param name="scenario">What it is for.</param>
internal sealed class FaultLoad(Scenario scenario)
{
    /// <summary>A resource of which more is taken than there is.</summary>
    /// <param name="Of">The resource.</param>
    /// <param name="Sum">What it came to.</param>
    /// <param name="Place">The place, in the plan, of the last fault that has a share in it.</param>
    public sealed record Excess(FaultResource Of, double Sum, int Place);

    /// <summary>The first excess, in order of the resources; null when there is none.</summary>
    /// <param name="faults">The plan.</param>
    /// <param name="most">How much of a resource there is.</param>
    public Excess? First(IReadOnlyList<Fault> faults, Func<FaultResource, double> most)
    {
        var costs = faults.SelectMany((fault, place) => fault.Costs.Select(cost => (cost, place)));
        foreach (var of in costs.GroupBy(pair => pair.cost.Of))
            if (double.IsFinite(most(of.Key)) && Beyond(of.Key, [.. of], most(of.Key)) is { } excess)
                return excess;
        return null;
    }

    // A sum changes only where a cost begins or ends.
    Excess? Beyond(FaultResource of, List<(FaultCost Cost, int Place)> costs, double most)
    {
        var before = of.Before(scenario);
        var coming = new Queue<(FaultCost Cost, int Place)>(costs.OrderBy(pair => pair.Cost.From));
        var inForce = new List<(FaultCost Cost, int Place)>();
        foreach (var moment in costs.SelectMany(pair => new[] { pair.Cost.From, pair.Cost.Until })
                     .Distinct().Order())
        {
            inForce.RemoveAll(pair => pair.Cost.Until <= moment);
            while (coming.TryPeek(out var next) && next.Cost.From <= moment)
                inForce.Add(coming.Dequeue());
            if (inForce.Count == 0)
                continue;
            var sum = before + of.Worst([.. inForce.Select(pair => pair.Cost)]);
            if (sum > most * (1 + 1e-9))
                return new(of, sum, inForce.Max(pair => pair.Place));
        }

        return null;
    }
}
