namespace Steelyard.Services.Stores;

/// <summary>
/// A store of the world, as an application or a client of it sees it: texts under keys, read and written in
/// transactions. Ask the services for it, by its name as the key where there are several.
/// </summary>
public interface IWorldStore
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Begins a transaction on the primary; waits up to 2 s for there to be one.</summary>
    /// <param name="isolation">What it may see of others; null is the store's own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">No primary was found.</exception>
    Task<StoreTransaction> BeginAsync(
        StoreIsolation? isolation = null, CancellationToken cancellationToken = default);

    /// <summary>Begins a transaction that only reads, on one host, whatever that host has learnt so far: it
    /// may be stale, and after a failover even what never was.</summary>
    /// <param name="host">Which of the store's hosts, from 1 up.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The host did not answer.</exception>
    Task<StoreTransaction> BeginOnHostAsync(int host, CancellationToken cancellationToken = default);
}
