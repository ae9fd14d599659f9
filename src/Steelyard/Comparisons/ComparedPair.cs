using Steelyard.Analysis.Measurements.Confidence;
using Steelyard.Histories.Measuring;
using Steelyard.Sweeps;

namespace Steelyard.Comparisons;

/// <summary>
/// A run and a variant of it over the same seeds (common random numbers), figure by figure: what the second
/// is different at, and what it is not shown to be different at.
/// </summary>
/// <param name="Result">Two points: the run as it is, then the variant.</param>
internal sealed record ComparedPair(SweepResult Result)
{
    // What a choice is mostly about, in this order; all else is told where it differs.
    static readonly (string Id, string Name)[] s_first =
    [
        ("latency-mean", "mean latency"), ("latency-p50", "p50"), ("latency-p99", "p99"),
        ("availability", "availability"), ("goodput", "goodput"), ("throughput", "throughput"),
        ("goodput-after", "goodput long after the push"), ("cost", "cost"),
        ("cost-per-million", "cost of a million answers"), ("stale-reads", "stale reads"),
        ("staleness-p99", "staleness p99"), ("lost-effects", "lost effects"),
        ("double-effects", "doubled effects"),
    ];

    /// <summary>Compares.</summary>
    /// <param name="runs">The seeds, and where runs take place.</param>
    /// <param name="variant">What a run is compared with.</param>
    /// <param name="asItIs">The run.</param>
    public static ComparedPair Of(SeededRuns runs, Variant variant, Runs.RunRequest asItIs) =>
        new(runs.Execute([("as it is", asItIs), (variant.Name, variant.Run)]));

    /// <summary>The run as it is.</summary>
    public SweptPoint First => Result.Points[0];

    /// <summary>The variant.</summary>
    public SweptPoint Second => Result.Points[1];

    /// <summary>What a choice is mostly about.</summary>
    public IEnumerable<PairedComparison> Headline => s_first
        .Select(one => All.FirstOrDefault(compared => compared.Aim.Id == one.Id).Compared)
        .OfType<PairedComparison>();

    /// <summary>What else is different: ids.</summary>
    public IEnumerable<string> DifferentBesides => All
        .Where(one => one.Compared.Standing is Standing.Better or Standing.Worse
            && !s_first.Any(first => first.Id == one.Aim.Id))
        .Select(one => one.Aim.Id);

    /// <summary>Everything that both measured, in the order in which runs measure it.</summary>
    public IReadOnlyList<(Aim Aim, PairedComparison Compared)> All => field ??=
    [
        .. Result.Measured
            .Select(one => new Aim(one.Id, one.Words, one.Unit, one.Direction))
            .Select(aim => (aim, Compared: Second.Against(First, aim)))
            .Where(one => one.Compared is not null)
            .Select(one => (one.aim, one.Compared! with { What = NameOf(one.aim) })),
    ];

    /// <summary>What was found at a figure: <c>with api.workers=32: p99 3.1 to 3.4 ms lower (20
    /// seeds)</c>.</summary>
    public static string Sentence(PairedComparison compared) =>
        $"with {compared.Second}: {compared.What} {compared.Change} ({compared.Difference.Samples:N0} seeds)";

    /// <summary>All figures at which both are the same in every seed, in one sentence.</summary>
    public static string SameSentence(IReadOnlyList<PairedComparison> same) =>
        $"with {same[0].Second}: no difference shown at {string.Join(", ", same.Select(one => one.What))}:"
        + $" the same in all {same[0].Difference.Samples:N0} seeds";

    static string NameOf(Aim aim) =>
        s_first.FirstOrDefault(one => one.Id == aim.Id).Name ?? aim.Id;
}
