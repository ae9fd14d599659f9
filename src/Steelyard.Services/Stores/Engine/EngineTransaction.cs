namespace Steelyard.Services.Stores.Engine;

/// <summary>One transaction within the engine.</summary>
/// <param name="isolation">What it may see of others.</param>
/// <param name="snapshot">The newest number that it sees; not of read committed.</param>
/// <param name="began">When it began, in the engine's own count of events.</param>
internal sealed class EngineTransaction(StoreIsolation isolation, long snapshot, long began)
{
    /// <summary>What it may see of others.</summary>
    public StoreIsolation Isolation => isolation;

    /// <summary>The newest number that it sees; not of read committed.</summary>
    public long Snapshot => snapshot;

    /// <summary>When it began, in the engine's own count of events.</summary>
    public long Began => began;

    /// <summary>What it wrote, by key; null deletes.</summary>
    public SortedDictionary<string, string?> Writes { get; } = new(StringComparer.Ordinal);

    /// <summary>What it read of others, if it is serializable.</summary>
    public List<KeyRange> Reads { get; } = [];

    /// <summary>The keys that it has locked, in order.</summary>
    public List<string> Locked { get; } = [];

    /// <summary>The lock it waits for; null when it waits for none.</summary>
    public LockWait? Waiting { get; set; }

    /// <summary>Why it was ended before its commit; none while it was not.</summary>
    public StoreError Ended { get; set; }

    /// <summary>The number of its commit; 0 before.</summary>
    public long Number { get; set; }
}

/// <summary>A transaction that waits for a key.</summary>
/// <param name="Transaction">Which.</param>
/// <param name="Key">The key.</param>
/// <param name="Granted">What it does with the lock, as soon as it has it; says how that went.</param>
internal sealed record LockWait(EngineTransaction Transaction, string Key, Func<StoreError> Granted)
{
    /// <summary>Completes when it has the lock, or why not.</summary>
    public TaskCompletionSource<StoreError> Done { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
