namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>A text that operations put, or append: several where they brought the same.</summary>
/// <param name="isStart">Whether it is put in the place of whatever there is; else it is appended.</param>
internal sealed class TextPiece(bool isStart)
{
    /// <summary>Stands for what was there at first, among operations.</summary>
    public const int Initial = -1;

    /// <summary>Whether it is put; else it is appended.</summary>
    public bool IsStart => isStart;

    /// <summary>Which operations bring it, by invocation.</summary>
    public List<int> Operations { get; } = [];

    /// <summary>Whether it is known which operation brought it.</summary>
    public bool IsKnown => Operations.Count == 1;

    /// <summary>Where the first of them was invoked.</summary>
    public int InvokedAt { get; private set; } = int.MaxValue;

    /// <summary>Takes one more operation.</summary>
    public void Add(int operation, int invokedAt)
    {
        Operations.Add(operation);
        InvokedAt = Math.Min(InvokedAt, invokedAt);
    }
}
