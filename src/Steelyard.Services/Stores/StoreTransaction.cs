using Steelyard.Services.Stores.Engine;
using Steelyard.Services.Stores.Wire;

namespace Steelyard.Services.Stores;

/// <summary>
/// A transaction of a store. One call at a time. After a <see cref="StoreException"/> it is over; disposed
/// before its commit, it is rolled back.
/// </summary>
public sealed class StoreTransaction : IAsyncDisposable
{
    readonly StoreLink _link;
    bool _isOver;

    internal StoreTransaction(StoreLink link) => _link = link;

    /// <summary>Reads a key.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public async Task<string?> GetAsync(string key, CancellationToken cancellationToken = default) =>
        (await Ask(new(StoreRequestKind.Get, key), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Locks a key as a write would, and then reads it: nobody else writes it before this
    /// transaction is over.</summary>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public async Task<string?> GetForUpdateAsync(
        string key, CancellationToken cancellationToken = default) =>
        (await Ask(new(StoreRequestKind.GetForUpdate, key), cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>Writes a key.</summary>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public Task PutAsync(string key, string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Ask(new(StoreRequestKind.Put, key, value), cancellationToken);
    }

    /// <summary>Deletes a key; none is no error.</summary>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        Ask(new(StoreRequestKind.Delete, key), cancellationToken);

    /// <summary>Reads the keys that begin with a prefix, in ordinal order.</summary>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public Task<IReadOnlyList<KeyValuePair<string, string>>> ScanAsync(
        string prefix, CancellationToken cancellationToken = default) =>
        Scan(KeyRange.Prefix(prefix), cancellationToken);

    /// <summary>Reads a range of keys, in ordinal order.</summary>
    /// <param name="from">The least key.</param>
    /// <param name="before">The first key above the range; null is no limit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreException">The transaction is over; nothing was done.</exception>
    public Task<IReadOnlyList<KeyValuePair<string, string>>> ScanAsync(
        string from, string? before, CancellationToken cancellationToken = default) =>
        Scan(new(from, before), cancellationToken);

    /// <summary>Commits. Where it is cancelled, whether it happened is unknown.</summary>
    /// <exception cref="StoreException">Nothing was done; or with
    /// <see cref="StoreError.OutcomeUnknown"/>, nobody knows.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken = default)
    {
        await Ask(new(StoreRequestKind.Commit), cancellationToken).ConfigureAwait(false);
        End();
    }

    /// <summary>Rolls back.</summary>
    public async Task RollbackAsync(CancellationToken cancellationToken = default)
    {
        if (_isOver)
            return;
        try
        {
            await Ask(new(StoreRequestKind.Rollback), cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // What cannot be told to roll back does so by itself: its session ends with the connection, or
            // after the time for which a client may be silent.
        }

        End();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RollbackAsync().ConfigureAwait(false);

    async Task<IReadOnlyList<KeyValuePair<string, string>>> Scan(
        KeyRange range, CancellationToken cancellation) =>
        (await Ask(new(StoreRequestKind.Scan, range.From, range.Before), cancellation)
            .ConfigureAwait(false)).Found;

    async Task<StoreAnswer> Ask(StoreRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request.Key);
        if (_isOver)
            throw new InvalidOperationException("the transaction is over");
        var isAnswered = false;
        try
        {
            var answer = await _link.Ask(request, cancellation).ConfigureAwait(false);
            isAnswered = true;
            return answer;
        }
        finally
        {
            if (!isAnswered)
                End();
        }
    }

    void End()
    {
        _isOver = true;
        _link.Dispose();
    }
}
