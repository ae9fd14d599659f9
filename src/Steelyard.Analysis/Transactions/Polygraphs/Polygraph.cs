using Steelyard.Analysis.Transactions.Cycles;

namespace Steelyard.Analysis.Transactions.Polygraphs;

/// <summary>
/// What is known of the order of transactions, and what is open (Papadimitriou 1979): edges, and pairs of
/// chains of a register's versions of which one comes wholly before the other.
/// </summary>
/// <remarks>
/// A chain is a run of versions in which each transaction read the one before and wrote the next: no other
/// version can stand between them, so the pairs of versions coalesce into pairs of chains (Tan et al. 2020,
/// "Cobra", section 3.2). After each chain stands a node of its own, behind its last writer and all who read
/// that version: "this chain before that one" is the one edge from that node to the other's first writer.
/// </remarks>
internal sealed class Polygraph
{
    /// <summary>The transaction of each node; nodes from here on are no transactions of the
    /// history.</summary>
    public required int[] Members { get; init; }

    /// <summary>The edges of data that hold in any case.</summary>
    public required EdgeList Edges { get; init; }

    /// <summary>The chains that are in some pair.</summary>
    public List<VersionChain> Chains { get; } = [];

    /// <summary>The pairs of chains, in order of key.</summary>
    public GrowingColumn<ChainPair> Pairs { get; } = new();

    /// <summary>How many pairs there would be, also where these are too many to hold.</summary>
    public long PairCount { get; set; }

    /// <summary>Where real time is taken to order chains, the times of each; else empty.</summary>
    public List<ChainTime> Times { get; } = [];
}

/// <summary>A run of versions of a register, each read by who wrote the next.</summary>
/// <param name="Key">The register.</param>
/// <param name="Head">The node that wrote the first version; -1 for nil, which nobody wrote.</param>
/// <param name="Tail">The node that wrote the last one.</param>
/// <param name="After">The node after all who wrote or read the last one.</param>
internal readonly record struct VersionChain(int Key, int Head, int Tail, int After);

/// <summary>Two chains of one register, of which one comes before the other.</summary>
internal readonly record struct ChainPair(int One, int Other);
