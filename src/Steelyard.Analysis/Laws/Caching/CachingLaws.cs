using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Caching;

/// <summary>Laws of caches.</summary>
internal static class CachingLaws
{
    // Each of them adds over all objects again and again.
    const int FewPoints = 33;

    public static IReadOnlyList<Law> All { get; } =
    [
        new("che", "What a cache answers of requests whose popularity is Zipf's",
            "Σ p_i (1 - e^(-p_i t)) with Σ (1 - e^(-p_i t)) = size",
            "Che, Tung and Wang 2002; Fricker, Robert and Roberts 2012; 'cache' takes recorded traces",
            [Count("objects", "different objects") with { Example = 10_000 },
                AtLeast0("alpha", "the exponent of Zipf's law", 1),
                Count("size", "objects that the cache holds") with { Example = 10 }],
            given => Figures(
                IndependentRequests.Zipf(given.Whole("objects"), given["alpha"]), given.Whole("size")))
        {
            Curve = new("size", "lruHitRatio", _ => 1, given => given["objects"]) { Points = FewPoints },
        },
    ];

    static IReadOnlyList<LawFigure> Figures(IndependentRequests requests, int size) =>
    [
        new("lruHitRatio", "LRU", requests.Lru(size)),
        new("fifoHitRatio", "FIFO and random", requests.Fifo(size)),
        new("bestHitRatio", "the most popular objects, always", requests.Best(size)),
    ];
}
