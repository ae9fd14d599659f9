using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>Laws of scale.</summary>
internal static class ScalingLaws
{
    static readonly LawParameter Workers = Count("workers", "n, workers");
    static readonly LawParameter Parallel =
        Share("parallel", "the share of the work that can be done side by side");

    public static IReadOnlyList<Law> All { get; } =
    [
        new("amdahl", "How much faster n workers do work of one size", "S = 1/(1 - p + p/n)", "Amdahl 1967",
            [Parallel, Workers],
            given =>
            [
                new("speedUp", "times as fast as one", SpeedUp.Amdahl(given["parallel"], given["workers"])),
                new("limit", "with workers without end",
                    SpeedUp.Amdahl(given["parallel"], double.PositiveInfinity)),
                new("efficiency", "of each worker",
                    SpeedUp.Amdahl(given["parallel"], given["workers"]) / given["workers"]),
            ])
        {
            Curve = new("workers", "speedUp", _ => 1, given => Math.Max(16, 2 * given["workers"])),
        },
        new("gustafson", "How much more n workers do in the same time", "S = 1 - p + pn", "Gustafson 1988",
            [Parallel, Workers],
            given => [new("speedUp", "times as much as one",
                SpeedUp.Gustafson(given["parallel"], given["workers"]))])
        {
            Curve = new("workers", "speedUp", _ => 1, given => Math.Max(16, 2 * given["workers"])),
        },
        new("usl", "Throughput at a load: contention levels it off, coherence lets it fall again",
            "X(N) = γN/(1 + α(N - 1) + βN(N - 1)); peak at √((1 - α)/β)",
            "Gunther 2007, Guerrilla Capacity Planning, chapter 4; 'fit usl' finds α, β and γ",
            [Above0("load", "N, workers or users"), AtLeast0("alpha", "α, contention"),
                AtLeast0("beta", "β, coherence"), Above0("gamma", "γ, the throughput of one", 1)],
            given => Figures(new(given["alpha"], given["beta"], given["gamma"]), given["load"]))
        {
            Curve = new("load", "throughput", _ => 1, given => Math.Max(20, 2 * given["load"])),
        },
    ];

    static IReadOnlyList<LawFigure> Figures(UniversalScalability law, double load) =>
    [
        new("throughput", "throughput at that load", law.Throughput(load)),
        new("peakLoad", "load of the largest throughput", law.PeakLoad),
        new("peakThroughput", "the largest throughput", law.PeakThroughput),
        new("amdahlLimit", "what contention alone would allow", law.AmdahlLimit),
    ];
}
