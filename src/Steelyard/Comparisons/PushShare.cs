using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Designs.Architecture.Measuring;
using Steelyard.Histories.Measuring;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons;

/// <summary>How many seeds of an architecture come back after a push.</summary>
/// <param name="Name">What it has besides: <c>a retry budget of 10 %</c>; empty as it is.</param>
/// <param name="Recovers">Seeds that come back.</param>
/// <param name="Degraded">Seeds that serve less than before.</param>
/// <param name="Metastable">Seeds that stay down.</param>
internal sealed record PushShare(string Name, int Recovers, int Degraded, int Metastable)
{
    /// <summary>Counts them.</summary>
    public static PushShare Of(string name, SweptPoint point)
    {
        var words = point.Runs.Select(WordOf).ToList();
        return new(
            name, words.Count(word => word == PushOutcome.Recovers),
            words.Count(word => word == PushOutcome.Degraded),
            words.Count(word => word == PushOutcome.Metastable));
    }

    /// <summary>All seeds that tell.</summary>
    public int Seeds => Recovers + Degraded + Metastable;

    /// <summary>The share that recovers, with Wilson's interval; null where no seed tells.</summary>
    public ConfidenceInterval? Share => Seeds == 0 ? null : WilsonInterval.Of(Recovers, Seeds);

    /// <summary>It in a sentence without a stop.</summary>
    public string Sentence
    {
        get
        {
            var who = Name.Length == 0 ? "As it is" : $"With {Name}";
            return Share is not { } share ? $"{who}: no seed had requests before the push" : string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{who}: {Recovers} of {Seeds} seeds recover, {share.Estimate:P0} (95 %: {share.Low:P0} to"
                + $" {share.High:P0}); {Degraded} degraded, {Metastable} metastable");
        }
    }

    static string? WordOf(SweptRun run) =>
        run.Find("goodput-before") is { } before && run.Find("goodput-after") is { } after
            ? PushOutcome.WordOf(before.Value, after.Value) : null;
}
