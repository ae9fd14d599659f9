using Steelyard.Analysis.Policies.Scaling.Amazon;
using Steelyard.Histories;

namespace Steelyard.Analysis.Policies.Scaling.Azure;

/// <summary>A rule of Azure Monitor's autoscale.</summary>
/// <param name="Metric">The name of its metric; empty where there is one only.</param>
/// <param name="Comparison"><c>&gt;</c>, <c>&gt;=</c>, <c>&lt;</c> or <c>&lt;=</c>.</param>
/// <param name="Threshold">What the metric's mean over instances is compared with.</param>
/// <param name="Change">The change.</param>
public sealed record AzureRule(string Metric, string Comparison, double Threshold, Adjustment Change)
{
    static readonly string[] Comparisons = [">=", "<=", ">", "<"];

    /// <summary>Whether it asks for its change.</summary>
    /// <param name="mean">The mean of its metric over instances.</param>
    public bool Holds(double mean) => Comparison switch
    {
        ">=" => mean >= Threshold,
        "<=" => mean <= Threshold,
        ">" => mean > Threshold,
        _ => mean < Threshold,
    };

    /// <summary>Reads rules as <c>cpu&gt;=80:+1,threads&gt;=600:+2</c>; the name may be left out.</summary>
    /// <param name="place">What to name in a message.</param>
    /// <param name="text">The text; <c>-</c> or nothing for none.</param>
    /// <exception cref="UserMistakeException">A rule is none.</exception>
    public static IReadOnlyList<AzureRule> Read(string place, string text) =>
        text is "-" ? [] : [.. ScalingWords.List(text).Select(word => One(place, word))];

    static AzureRule One(string place, string word)
    {
        var comparison = Comparisons.FirstOrDefault(word.Contains);
        var cut = word.LastIndexOf(':');
        var at = comparison is null ? -1 : word.IndexOf(comparison, StringComparison.Ordinal);
        if (comparison is null || cut < at)
            throw ScalingWords.Wrong(place, "rules such as >=80:+1 or cpu>=80:+1", word);
        return new(
            word[..at].Trim(), comparison,
            ScalingWords.Number(place, word[(at + comparison.Length)..cut].TrimEnd('%')),
            StepsText.Change(place, word[(cut + 1)..]));
    }
}
