using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Azure;

/// <summary>What rules decided.</summary>
/// <param name="Instances">How many instances.</param>
/// <param name="Reason"><c>ScaleOut</c>, <c>ScaleIn</c>, <c>Flapping</c> where fewer would make more be
/// asked for again, or <c>NoRule</c>.</param>
/// <param name="Estimate">What the metric would be for each instance that is left, of the rule upwards that
/// is nearest to its threshold or beyond it; null where nothing was to be taken away.</param>
public readonly record struct AzureDecision(int Instances, string Reason, double? Estimate);

/// <summary>
/// Rules of Azure Monitor's autoscale together (Microsoft's "Best practices for autoscale"): more if any
/// rule says so, by the one that asks for most; fewer only if all say so, by the one that asks for least,
/// and not if what is left would at once ask for more again.
/// </summary>
/// <param name="Outward">Rules that ask for more.</param>
/// <param name="Inward">Rules that ask for fewer.</param>
public sealed record AzureRules(IReadOnlyList<AzureRule> Outward, IReadOnlyList<AzureRule> Inward)
{
    /// <summary>Decides once.</summary>
    /// <param name="instances">Instances there are, at least 1.</param>
    /// <param name="minimum">The fewest there may be.</param>
    /// <param name="maximum">The most there may be.</param>
    /// <param name="means">The mean of each metric over instances, by name.</param>
    /// <exception cref="UserMistakeException">A rule's metric is not among them.</exception>
    public AzureDecision Decide(
        int instances, int minimum, int maximum, IReadOnlyDictionary<string, double> means)
    {
        var outward = Outward.Where(rule => rule.Holds(Mean(rule, means))).ToList();
        if (outward.Count > 0)
        {
            var most = outward.Max(rule => rule.Change.Applied(instances));
            return new(Math.Clamp(most, minimum, maximum), "ScaleOut", null);
        }

        if (Inward.Count == 0 || !Inward.All(rule => rule.Holds(Mean(rule, means))))
            return new(Math.Clamp(instances, minimum, maximum), "NoRule", null);
        var fewer = Math.Clamp(Inward.Max(rule => rule.Change.Applied(instances)), minimum, maximum);
        var estimates = Outward.Select(rule => (
            rule, Estimate: Mean(rule, means) * instances / Math.Max(1, fewer))).ToList();
        double? nearest = estimates.Count == 0
            ? null
            : estimates.MaxBy(one => one.Estimate / one.rule.Threshold).Estimate;
        return estimates.Exists(one => one.rule.Holds(one.Estimate)) && fewer < instances
            ? new(instances, "Flapping", nearest)
            : new(fewer, "ScaleIn", nearest);
    }

    static double Mean(AzureRule rule, IReadOnlyDictionary<string, double> means) =>
        means.TryGetValue(rule.Metric, out var mean) ? mean : throw new UserMistakeException(
            $"expected a value of \"{rule.Metric}\", which a rule compares, found"
                + (means.Count == 0 ? " none" : $" {string.Join(", ", means.Keys)}"));
}
