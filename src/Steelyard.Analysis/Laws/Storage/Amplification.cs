namespace Steelyard.Analysis.Laws.Storage;

/// <summary>How many bytes a store writes, reads and holds for each byte of its user (O'Neil et al. 1996,
/// "The log-structured merge-tree"; Callaghan 2018, "Name that compaction algorithm").</summary>
public static class Amplification
{
    /// <summary>Writes of a leveled LSM tree whose levels grow by the same factor: n·T^(1/n).</summary>
    /// <param name="levels">n, at least 1.</param>
    /// <param name="growth">T: the size of the data over that of the first level; at least 1.</param>
    public static double LeveledWrites(int levels, double growth) =>
        levels * Math.Pow(growth, 1.0 / levels);

    /// <summary>Writes of a tiered LSM tree: each byte once a tier.</summary>
    public static double TieredWrites(int tiers) => tiers;

    /// <summary>The most that a leveled tree of a given fan-out writes: w for each level but the first, one
    /// for the flush and one for the log.</summary>
    /// <param name="levels">At least 1.</param>
    /// <param name="fanOut">How much larger each level is, as 10; at least 2.</param>
    public static double LeveledWritesAtMost(int levels, double fanOut) => (fanOut * (levels - 1)) + 2;

    /// <summary>Writes of a B-tree that writes a page for every change: page over change.</summary>
    /// <param name="pageBytes">Above 0.</param>
    /// <param name="changedBytes">Of a change; above 0.</param>
    public static double BTreeWrites(double pageBytes, double changedBytes) =>
        pageBytes / changedBytes;
}
