namespace Steelyard.Designs.PrimaryBackup;

/// <summary>How a <see cref="PrimaryBackupNode"/> runs; the same for all replicas.</summary>
internal sealed record PrimaryBackupOptions
{
    /// <summary>
    /// True: a write is acknowledged once every replica has it on disk, and the primary is always the first
    /// node; it is right, and down whenever one of them is. False: a write is acknowledged once the primary
    /// has it, and a backup that misses the primary takes over; it is up, and loses acknowledged writes.
    /// </summary>
    public bool Synchronous { get; init; } = true;

    /// <summary>How often the primary says that it is there.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Silence after which a replica is taken for gone: writes are refused, or (asynchronous) a
    /// backup takes over; each later backup waits half as long again.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(500);
}
