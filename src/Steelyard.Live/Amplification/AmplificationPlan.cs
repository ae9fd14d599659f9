namespace Steelyard.Live.Amplification;

/// <summary>What stores are asked while it is counted what they write and read for it.</summary>
/// <param name="Records">How many records are loaded, and then updated at random as often.</param>
/// <param name="ValueBytes">How long a value is; a key has 8 bytes.</param>
/// <param name="Batch">How many records a transaction writes, which is on the disk before the next.</param>
/// <param name="Reads">How many single records are read, and as many in ranges of 100.</param>
/// <param name="MemoryBytes">How many bytes a store may keep in memory, where it can be told.</param>
internal sealed record AmplificationPlan(int Records, int ValueBytes, int Batch, int Reads, int MemoryBytes)
{
    /// <summary>How long a key is.</summary>
    public const int KeyBytes = 8;

    /// <summary>How many bytes the records have that are there after the load.</summary>
    public long LiveBytes => (long)Records * (KeyBytes + ValueBytes);
}
