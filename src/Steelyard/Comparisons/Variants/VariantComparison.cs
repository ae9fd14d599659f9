using Steelyard.Histories;
using Steelyard.Runs;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons.Variants;

/// <summary>
/// Variants of a design over the same seeds and the same faults (common random numbers: Law 2015, section
/// 11.2), side by side.
/// </summary>
/// <param name="Result">A point for each variant.</param>
/// <param name="Repeat">The command that does it again.</param>
internal sealed record VariantComparison(SweepResult Result, string Repeat)
{
    /// <summary>The variants that ran, in the order asked for.</summary>
    public IReadOnlyList<ComparedVariant> Variants { get; } =
    [
        .. Result.Points.Where(point => point.Runs.Any(run => !run.HasThrown)).Select(
            point => new ComparedVariant(
                point, point.Point.Run.Design.KnownOf(point.Point.Run.Options))),
    ];

    /// <summary>The promises that any of them made.</summary>
    public IReadOnlyList<string> Promises =>
    [
        .. Variants.SelectMany(one => one.Promises).Select(one => one.Promise)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The figures that any of them has.</summary>
    public IReadOnlyList<ComparedFigure> Figures =>
        [.. ComparedFigure.All.Where(figure => Variants.Any(one => figure.Of(one.Point) is not null))];

    /// <summary>What is the same for all, in a line.</summary>
    public string Same
    {
        get
        {
            var spec = Result.Request.What.Spec;
            string[] told =
            [
                $"seeds {Result.Request.Seeds.Seeds}", $"faults: {spec.Faults.Name}",
                .. spec.Options.Select(one => $"{one.Key}={one.Value}"),
                .. RunCommand.Common(spec.Common).Select(one => $"{one.Name}={one.Value}"),
            ];
            return string.Join(", ", told);
        }
    }

    /// <summary>In a sentence: how many of them held all that they promised.</summary>
    public string Headline
    {
        get
        {
            var held = Variants.Where(one => !one.NotHeld.Any() && one.Promises.Count > 0).ToList();
            return held.Count == Variants.Count ? "Every variant kept every promise in every seed."
                : held.Count == 0 ? "No variant kept every promise in every seed."
                : $"{string.Join(", ", held.Select(one => one.Name))} kept every promise in every seed;"
                    + $" {string.Join(", ", Variants.Except(held).Select(one => one.Name))} did not.";
        }
    }

    /// <summary>The worst of all.</summary>
    public Validity Validity => Result.Validity;
}
