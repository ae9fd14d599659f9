namespace Steelyard.Analysis.Naming;

/// <summary>Why one transaction of a cycle comes before the next, in plain words: the legend of
/// <c>docs/anomalies.md</c>.</summary>
/// <param name="Kind"><c>ww</c>, <c>wr</c>, <c>rw</c>, <c>process</c> or <c>realtime</c>.</param>
/// <param name="PlainName">What became of the first by the second: <c>was overwritten by</c>.</param>
/// <param name="Meaning">What it means, without a full stop.</param>
public sealed record EdgeWords(string Kind, string PlainName, string Meaning)
{
    /// <summary>All of them, in the legend's order.</summary>
    public static IReadOnlyList<EdgeWords> All => AnomalyPage.Edges;
}
