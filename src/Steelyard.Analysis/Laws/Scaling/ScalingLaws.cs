using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Scaling;

/// <summary>Laws of scale.</summary>
internal static class ScalingLaws
{
    static readonly LawParameter Workers = Count("workers", "n, workers") with { Example = 16 };
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
            [Above0("load", "N, workers or users") with { Example = 40 },
                AtLeast0("alpha", "α, contention") with { Example = 0.03 },
                AtLeast0("beta", "β, coherence") with { Example = 0.0001 },
                Above0("gamma", "γ, the throughput of one", 1)],
            given => Figures(new(given["alpha"], given["beta"], given["gamma"]), given["load"]))
        {
            Curve = new("load", "throughput", _ => 1, given => Math.Max(20, 2 * given["load"])),
        },
        new("scale-cost", "What delivered throughput costs out (many machines) against up (a large one)",
            "(p n^e/X(n))·10^6/3600, X(n) = γn/(1 + α(n - 1) + βn(n - 1))",
            "Gunther 2007, Guerrilla Capacity Planning, chapter 4; prices as given",
            [Count("size", "n, units of capacity: machines of one, or the size of one machine") with
            {
                Example = 10,
            },
                Share("alpha", "α, contention between machines") with { Example = 0.03 },
                AtLeast0("beta", "β, coherence between machines") with { Example = 0.0001 },
                Above0("gamma", "γ, requests per second of one unit", 100),
                Share("up-alpha", "α within one machine", 0),
                AtLeast0("up-beta", "β within one machine", 0),
                AtLeast0("price", "of one unit in an hour", 0.1),
                Above0("exponent", "e of one machine: 1 within a family, above it where large is dear", 1)],
            CostFigures)
        {
            Curve = new("size", "outOverUp", _ => 1, given => Math.Max(32, 2 * given["size"])),
        },
    ];

    static IReadOnlyList<LawFigure> CostFigures(LawArguments given)
    {
        var (size, price) = (given["size"], given["price"]);
        var outward = new ScaleCost(new(given["alpha"], given["beta"], given["gamma"]), price);
        var upward = new ScaleCost(
            new(given["up-alpha"], given["up-beta"], given["gamma"]), price, given["exponent"]);
        return
        [
            new("outPerMillion", "a million requests, scaled out", outward.PerMillion(size)),
            new("upPerMillion", "a million requests, scaled up", upward.PerMillion(size)),
            new("outOverUp", "cost out over cost up", outward.PerMillion(size) / upward.PerMillion(size)),
            new("linearPerMillion", "a million requests if twice as much served twice as many",
                outward.PerMillion(1)),
            new("outThroughput", "throughput, scaled out", outward.Delivered.Throughput(size), "/s"),
            new("upThroughput", "throughput, scaled up", upward.Delivered.Throughput(size), "/s"),
        ];
    }

    static IReadOnlyList<LawFigure> Figures(UniversalScalability law, double load) =>
    [
        new("throughput", "throughput at that load", law.Throughput(load)),
        new("peakLoad", "load of the largest throughput", law.PeakLoad),
        new("peakThroughput", "the largest throughput", law.PeakThroughput),
        new("amdahlLimit", "what contention alone would allow", law.AmdahlLimit),
    ];
}
