using System.Data;
using System.Data.Common;

namespace Steelyard.Services.Databases;

/// <summary>A transaction; serializable, since SQLite lets one writer in at a time.</summary>
internal sealed class WorldDbTransaction(WorldDbConnection connection) : DbTransaction
{
    // A database that is down says nothing to a rollback; closing the connection does the same.
    static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    bool _isOver;

    /// <inheritdoc/>
    public override IsolationLevel IsolationLevel => IsolationLevel.Serializable;

    /// <inheritdoc/>
    protected override DbConnection? DbConnection => _isOver ? null : connection;

    /// <inheritdoc/>
    public override Task CommitAsync(CancellationToken cancellationToken = default) =>
        End(DatabaseRequestKind.Commit, WorldDbConnection.Patience, cancellationToken);

    /// <inheritdoc/>
    public override Task RollbackAsync(CancellationToken cancellationToken = default) =>
        End(DatabaseRequestKind.Rollback, WorldDbConnection.Patience, cancellationToken);

    /// <inheritdoc/>
    public override void Commit() => throw WorldDb.Blocking("Commit", "CommitAsync");

    /// <inheritdoc/>
    public override void Rollback() => throw WorldDb.Blocking("Rollback", "RollbackAsync");

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_isOver || connection.State != ConnectionState.Open)
            return;
        try
        {
            await End(DatabaseRequestKind.Rollback, Courtesy, CancellationToken.None).ConfigureAwait(false);
        }
        catch (WorldDbException) when (connection.State == ConnectionState.Broken)
        {
            // The end of the connection rolls back as well, and whoever disposes has his own failure to tell.
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Nothing may block here. Closing the connection rolls back as well.
        if (disposing && !_isOver)
            connection.Close();
        base.Dispose(disposing);
    }

    async Task End(DatabaseRequestKind kind, TimeSpan patience, CancellationToken cancellation)
    {
        if (_isOver)
            throw new InvalidOperationException("the transaction is over");
        _isOver = true;
        try
        {
            await connection.Ask(new(kind, "", []), patience, cancellation).ConfigureAwait(false);
        }
        catch (WorldDbException) when (connection.State == ConnectionState.Open)
        {
            // Refused, by a deferred constraint for one: it is open there still, and is to be rolled back.
            _isOver = false;
            throw;
        }
    }
}
