using static Steelyard.Analysis.Laws.Parameters;

namespace Steelyard.Analysis.Laws.Quorums;

/// <summary>Laws of quorums.</summary>
internal static class QuorumLaws
{
    public static IReadOnlyList<Law> All { get; } =
    [
        new("k-staleness", "How many versions a read of a partial quorum may be behind",
            "P(within k) = 1 - ((N-W over R)/(N over R))^k",
            "Bailis et al. 2012, Probabilistically bounded staleness, equation 2; 'pbs' tells it in time",
            [Count("n", "N, replicas", most: 1000) with { Example = 3 },
                Count("r", "R, replicas that a read asks", most: 1000),
                Count("w", "W, replicas that a write waits for", most: 1000), Count("k", "versions", 1),
                AtLeast0("writes", "writes of the key a second, by all", 0),
                Above0("reads", "reads of the key a second, by one client", 1)],
            given => Figures(
                new(given.Whole("n"), given.WholeOf("n", "r"), given.WholeOf("n", "w")), given))
        {
            Curve = new("k", "withinK", _ => 1, given => Math.Max(10, 2 * given["k"])),
        },
    ];

    static IReadOnlyList<LawFigure> Figures(StrictQuorum quorum, LawArguments given) =>
    [
        new("overlaps", "1 where every read meets every write", quorum.Overlaps ? 1 : 0),
        new("missProbability", "share of reads that miss the last write", quorum.MissProbability),
        new("withinK", "share of reads within k versions", quorum.WithinVersions(given["k"])),
        new("monotonicReads", "share of a client's reads that are no older than its last",
            quorum.MonotonicReads(given["writes"], given["reads"])),
    ];
}
