namespace Steelyard.Analysis.Transactions.Weak;

/// <summary>
/// What a level's axiom adds to the order of commits: the transaction read from came after another that wrote
/// the key and that the reader had to see.
/// </summary>
internal sealed class CommitEdges
{
    public GrowingColumn<int> From { get; } = new();

    public GrowingColumn<int> To { get; } = new();

    /// <summary>The read that asks for the edge, as its place in <see cref="WeakView.ReadKeys"/>; the
    /// complement of the key where the order of a list tells the edge.</summary>
    public GrowingColumn<int> Reads { get; } = new();

    public int Count => From.Count;

    public void Add(int from, int to, int read)
    {
        From.Add(from);
        To.Add(to);
        Reads.Add(read);
    }

    /// <summary>Adds all of others.</summary>
    public void AddAll(CommitEdges others)
    {
        for (var i = 0; i < others.Count; i++)
            Add(others.From[i], others.To[i], others.Reads[i]);
    }
}
