using System.Data.Common;

namespace Steelyard.Services.Designs.Parts;

/// <summary>A database that has its tables when it is opened.</summary>
/// <param name="database">Where connections come from.</param>
/// <param name="schema">Makes the tables that are missing; may run again and again.</param>
internal sealed class Tables(DbDataSource database, string schema)
{
    bool _isReady;

    /// <summary>Opens a connection.</summary>
    public async Task<DbConnection> Open(CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation).ConfigureAwait(false);
        if (_isReady)
            return connection;
        await connection.Execute(schema, cancellation).ConfigureAwait(false);
        _isReady = true;
        return connection;
    }
}
