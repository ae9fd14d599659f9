using System.Data.Common;
using Steelyard.Services.Networking;

namespace Steelyard.Services.Databases;

/// <summary>Where a host gets connections to one database.</summary>
internal sealed class WorldDbDataSource(HostNetwork network, string host) : DbDataSource
{
    /// <inheritdoc/>
    public override string ConnectionString => $"Host={host}";

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new WorldDbConnection(network, host);
}
