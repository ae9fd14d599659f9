namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// What a level's axiom adds to the order of commits: the transaction read from came after another that wrote
/// the key and that the reader had to see.
/// </summary>
internal sealed class CommitEdges
{
    public GrowingColumn<int> From { get; } = new();

    public GrowingColumn<int> To { get; } = new();

    /// <summary>The read that asks for the edge, as its place in <see cref="WeakView.ReadKeys"/>.</summary>
    public GrowingColumn<int> Reads { get; } = new();

    public int Count => From.Count;

    public void Add(int from, int to, int read)
    {
        From.Add(from);
        To.Add(to);
        Reads.Add(read);
    }
}
